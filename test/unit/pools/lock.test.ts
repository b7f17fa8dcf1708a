import { closeSync, openSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { native } from '../../../src/device/native.ts';
import { systemError } from '../../../src/device/system-error.ts';
import { PoolNumber } from '../../../src/message/pool.ts';
import { Neighbour } from './support/neighbour.ts';
import { contentsOf, makePlace, records, TextPool } from './support/open-pool.ts';

describe('while a neighbour holds a lock', () => {
  it('a SET waits without holding up the event loop, and is made once the lock is free', async () => {
    const { place, release } = lockedPlace('exclusive');
    const pool = new TextPool(place.openGuest());
    const set = pool.set('key0', 'new');
    await eventLoopTurns();
    expect(contentsOf(place.path)[0]).toBe('key0=value0');
    release();
    await set;
    expect(contentsOf(place.path)[0]).toBe('key0=new');
  });

  it('a SET fails after the time, and names the holder', async () => {
    const { place } = lockedPlace('exclusive');
    const pool = new TextPool(place.openGuest({ lockTimeoutMs: 50 }));
    await expect(pool.set('key0', 'new')).rejects.toThrow(
      new RegExp(
        `^cannot set a record of pool guest \\(.*\\): ETIMEDOUT: process ${process.pid} \\(.+\\) holds its lock`,
      ),
    );
    expect(contentsOf(place.path)[0]).toBe('key0=value0');
  });

  it('a shared one does not keep others from reading, and keeps us from writing', async () => {
    const { place } = lockedPlace('shared');
    const pool = new TextPool(place.openGuest({ lockTimeoutMs: 50 }));
    expect(await pool.get('key0')).toBe('value0');
    await expect(pool.set('key0', 'new')).rejects.toThrow('ETIMEDOUT');
  });

  it('what has not changed is read without any lock, and other pools are not concerned', async () => {
    const { place, release, lock } = lockedPlace('exclusive');
    release();
    const pools = place.open({ lockTimeoutMs: 50 });
    const pool = new TextPool(pools.at(PoolNumber.guest));
    expect(await pool.get('key0')).toBe('value0');
    lock();
    expect(pools.at(PoolNumber.guest).get(Buffer.from('key1'))).toEqual(Buffer.from('value1'));
    expect(pools.at(PoolNumber.external).set(Buffer.from('key'), Buffer.from('value'))).toBeUndefined();
  });

  it('several waiting calls are all made, one after the other', async () => {
    const { place, release } = lockedPlace('exclusive');
    const pool = new TextPool(place.openGuest());
    const calls = [pool.set('a', '1'), pool.set('b', '2'), pool.delete('key0'), pool.get('key1')];
    await eventLoopTurns();
    release();
    expect(await Promise.all(calls)).toEqual([undefined, undefined, true, 'value1']);
    expect(new Set(contentsOf(place.path))).toEqual(new Set(['key1=value1', 'key2=value2', 'a=1', 'b=2']));
  });

  it('a call that waits when the pools are closed fails', async () => {
    const { place } = lockedPlace('exclusive');
    const pools = place.open();
    const set = new TextPool(pools.at(PoolNumber.guest)).set('key', 'value');
    pools.close();
    await expect(set).rejects.toThrow('ECANCELED');
  });
});

describe('a file system without locks', () => {
  it.each(['ENOLCK', 'ENOSYS', 'EOPNOTSUPP'] as const)(
    'is read, and not written to, with its words (%s)',
    async (code) => {
      const place = makePlace();
      writeFileSync(place.path, records(3));
      const lock = vi.spyOn(native, 'tryLock').mockImplementation(() => {
        // As the addon throws it.
        throw systemError(Object.assign(new Error('no words'), { errno: constants.errno[code], syscall: 'flock' }));
      });
      onTestFinished(() => {
        lock.mockRestore();
      });
      const pool = new TextPool(place.openGuest());
      expect(await pool.get('key0')).toBe('value0');
      await expect(pool.set('key0', 'new')).rejects.toThrow(/: (ENOLCK|ENOSYS|ENOTSUP|EOPNOTSUPP): /);
      expect(await pool.get('key0')).toBe('value0');
    },
  );
});

describe('the two kinds of locks', () => {
  it.each(['hold-fcntl', 'hold-flock'] as const)('keep us from writing each by itself (%s)', async (role) => {
    const place = makePlace();
    writeFileSync(place.path, records(3));
    const pool = new TextPool(place.openGuest({ lockTimeoutMs: 50 }));
    const holder = await Neighbour.start(role, place.path, { pauseMs: 1000 });
    await expect(pool.set('key0', 'new')).rejects.toThrow(/ETIMEDOUT: process \d+ \(python3.*\) holds its lock/);
    await holder.end();
    await pool.set('key0', 'new');
    expect(contentsOf(place.path)[0]).toBe('key0=new');
  });

  it('are taken together or not at all', () => {
    const { place, lock, release } = lockedPlace('exclusive');
    const fd = open(place.path);
    expect(native.tryLock(fd, 'exclusive')).toBe(false);
    release();
    expect(native.tryLock(fd, 'exclusive')).toBe(true);
    native.unlock(fd);
    lock();
    expect(native.tryLock(fd, 'shared')).toBe(false);
  });
});

function lockedPlace(mode: 'exclusive' | 'shared') {
  const place = makePlace();
  writeFileSync(place.path, records(3));
  const fd = open(place.path);
  const lock = (): void => {
    expect(native.tryLock(fd, mode)).toBe(true);
  };
  lock();
  return {
    place,
    lock,
    release: () => {
      native.unlock(fd);
    },
  };
}

function open(path: string): number {
  const fd = openSync(path, 'r+');
  onTestFinished(() => {
    closeSync(fd);
  });
  return fd;
}

/** As many as a call would need that did not wait. */
async function eventLoopTurns(): Promise<void> {
  const some = 5;
  for (let turn = 0; turn < some; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
