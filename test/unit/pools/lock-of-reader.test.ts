import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, writeFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { needs, program, root } from '../../support/needs.ts';
import { contentsOf, makePlace, type Place, records, TextPool } from './support/open-pool.ts';

const nobody = 65_534;
/** Far more than a test may take. */
const lockTimeoutMs = 600_000;

/** A program of a user that holds a lock on the guest pool, as everybody can who may read it. */
async function lockedBy(uid: number, kind: '--shared' | '--exclusive', mode = 0o644): Promise<Place> {
  needs(root, program('flock'));
  const place = makePlace();
  writeFileSync(place.path, records(3));
  chmodSync(place.path, mode);
  chmodSync(place.directory, 0o755);
  const holder = spawn('flock', [kind, place.path, 'sh', '-c', 'echo locked; read line'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    uid,
    gid: uid,
  });
  onTestFinished(() => {
    holder.kill();
  });
  await once(holder.stdout, 'data');
  return place;
}

describe('a lock of a user who may only read the pool', () => {
  it.each(['--shared', '--exclusive'] as const)('is waited for only a moment, and named (%s)', async (kind) => {
    const place = await lockedBy(nobody, kind);
    const pool = new TextPool(place.openGuest({ lockTimeoutMs }));
    await expect(pool.set('key0', 'new')).rejects.toThrow(
      /ETIMEDOUT: process \d+ \(flock\) of user 65534, which may only read the file, holds its lock/,
    );
    expect(contentsOf(place.path)[0]).toBe('key0=value0');
  });

  it('keeps nobody from reading where it is a shared one', async () => {
    const place = await lockedBy(nobody, '--shared');
    expect(await new TextPool(place.openGuest()).get('key1')).toBe('value1');
  });
});

describe('a lock of somebody who may write to the pool is waited for', () => {
  it.each([
    ['root', 0, 0o644, 0],
    ['everybody', nobody, 0o666, 0],
    ['its owner', nobody, 0o644, nobody],
  ])('%s', async (_, uid, mode, owner) => {
    const place = await lockedBy(uid, '--shared', mode);
    chownSync(place.path, owner, 0);
    const pool = new TextPool(place.openGuest({ lockTimeoutMs: 400 }));
    await expect(pool.set('key0', 'new')).rejects.toThrow(/ETIMEDOUT: process \d+ \(flock\) holds its lock/);
  });
});
