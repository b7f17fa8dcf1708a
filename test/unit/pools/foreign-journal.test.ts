import { cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPools, poolPaths } from '../../../src/pools/pools.ts';
import { killDuringSet } from './support/other-process.ts';
import { contentsOf, makePlace, records, TextPool } from './support/open-pool.ts';
import { bootBefore } from './support/session-record.ts';

const cut = { slot: 3, text: ['key3', 'theirs;'.repeat(200)], bytesWritten: 1024, boot: bootBefore } as const;

describe('the journal of a pool', () => {
  it('is not done with because somebody opened a copy of the folder', async () => {
    const place = makePlace('/dev/shm');
    writeFileSync(place.path, records(7));
    await new TextPool(place.openGuest({ boot: bootBefore })).set('key0', 'value0');
    killDuringSet(place, cut);
    const copy = join(place.directory, 'copy');
    mkdirSync(copy);
    cpSync(place.path, join(copy, '.kvp_pool_1'));
    const copied = openPools({
      ...{ directory: copy, stateDirectory: place.stateDirectory, boot: bootBefore, fileMode: 0o644 },
      ...{ durability: 'memory', lockTimeoutMs: 2000, warn: () => undefined },
    });
    const pool = new TextPool(copied.at(1));
    await pool.all();
    for (const key of ['key4', 'key5', 'key6']) await pool.set(key, 'new');
    copied.close();
    expect(await new TextPool(place.openGuest({ boot: bootBefore })).get('key3')).toBe(cut.text[1]);
    expect(contentsOf(place.path)).toHaveLength(7);
  });

  it('is another one for each folder', () => {
    const paths = ['/a', '/b'].map((directory) => poolPaths({ directory, stateDirectory: '/state' }, 1).journalPath);
    expect(new Set(paths).size).toBe(2);
  });

  it('is not done with because another file is in the place for a while', async () => {
    const place = makePlace('/dev/shm');
    writeFileSync(place.path, records(7));
    await new TextPool(place.openGuest({ boot: bootBefore })).set('key0', 'value0');
    killDuringSet(place, cut);
    const journal = readFileSync(place.journalPath);
    renameSync(place.path, `${place.path}.kept`);
    writeFileSync(place.path, records(2));
    await new TextPool(place.openGuest({ boot: bootBefore })).all();
    expect(readFileSync(place.journalPath)).toEqual(journal);
    renameSync(`${place.path}.kept`, place.path);
    expect(await new TextPool(place.openGuest({ boot: bootBefore })).get('key3')).toBe(cut.text[1]);
  });
});
