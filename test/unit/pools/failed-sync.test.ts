import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FaultyDisk, systemFailure } from './support/faulty-disk.ts';
import { makePlace, records, TextPool } from './support/open-pool.ts';

it('a disk that fails to sync lets be read what was not synced, by us and by a program that starts then', async () => {
  const place = makePlace();
  writeFileSync(place.path, records(9));
  const disk = new FaultyDisk();
  const options = { disk, durability: 'disk', journal: 'required' } as const;
  const pool = new TextPool(place.openGuest(options));
  disk.fault = (kind, proceed) => {
    if (kind === 'sync') throw systemFailure('EIO');
    return proceed();
  };
  await expect(pool.set('key3', 'new')).rejects.toThrow('EIO');
  await expect(pool.delete('key1')).rejects.toThrow('EIO');
  for (const reader of [pool, new TextPool(place.openGuest(options))]) {
    expect(await reader.get('key5')).toBe('value5');
    expect(await reader.all()).toHaveLength(9);
  }
});
