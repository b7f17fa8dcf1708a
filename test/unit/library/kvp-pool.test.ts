import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  ChunkError,
  InvalidText,
  isSystemError,
  joinValue,
  type KvpPool,
  openPool,
  PoolClosed,
  splitValue,
  TooLong,
  WaitTimeout,
} from '../../../src/library.ts';
import { record } from '../pools/support/open-pool.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let directory: string;
beforeEach(() => {
  directory = temporaryFolder();
});

async function open(pool: string | number = 'guest'): Promise<KvpPool> {
  const opened = await openPool(pool as string, { directory, durability: 'memory' });
  onTestFinished(() => {
    opened.close();
  });
  return opened;
}

describe('a pool of the library', () => {
  it('reads and writes texts', async () => {
    const pool = await open();
    await pool.set('key', 'välue');
    await pool.append('key', 'second');
    expect(await pool.get('key')).toBe('välue');
    expect(await pool.records()).toEqual([
      { key: 'key', value: 'välue' },
      { key: 'key', value: 'second' },
    ]);
    expect(await pool.delete('key')).toBe(2);
    expect(await pool.get('key')).toBeUndefined();
  });

  it('keeps and joins long values', async () => {
    const pool = await open();
    const value = 'ü'.repeat(5000);
    await pool.set('long', value, { chunk: 'ignition' });
    expect(await pool.get('long')).toBe(value);
    expect(joinValue('ignition', 'long', await pool.records())).toBe(value);
    expect(splitValue('ignition', 'long', value)).toEqual(await pool.records());
    expect(await pool.delete('long', { chunk: 'ignition' })).toBe(11);
  });

  it('rejects with errors of its own, and writes nothing', async () => {
    const pool = await open();
    await expect(pool.set('key', 'v'.repeat(1023))).rejects.toThrow(TooLong);
    await expect(pool.set('', 'v')).rejects.toThrow(InvalidText);
    await expect(pool.append('a\0b', 'v')).rejects.toThrow(InvalidText);
    await expect(pool.set('key', 'v'.repeat(7000), { chunk: 'hlvmm' })).rejects.toThrow(ChunkError);
    await expect(open('nonsense')).rejects.toThrow(InvalidText);
    await expect((await open('auto')).set('key', 'v')).rejects.toThrow('pool auto cannot be written');
    expect(await pool.records()).toEqual([]);
  });

  it('rejects with a system error for what is no pool file', async () => {
    writeFileSync(join(directory, 'elsewhere'), '');
    const pool = await openPool('guest', { directory: join(directory, 'elsewhere') });
    onTestFinished(() => {
      pool.close();
    });
    await expect(pool.set('key', 'v')).rejects.toSatisfy((error) => isSystemError(error) && error.code === 'ENOTDIR');
  });

  it('waits for a key, as long as it is told', async () => {
    const pool = await open(0);
    const found = pool.waitFor('Owner');
    writeFileSync(join(directory, '.kvp_pool_0'), record('Owner', 'Grace'));
    expect(await found).toBe('Grace');
    await expect(pool.waitFor('absent', { timeoutMs: 10 })).rejects.toThrow(WaitTimeout);
    await expect(pool.waitFor('absent', { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });

  it('tells changes until the loop is left', async () => {
    const pool = await open();
    const writer = await open();
    await pool.set('key', '1');
    const changes = pool.watch();
    const first = changes.next();
    // What is written before it looks is no change; so write until it has told one.
    for (let round = 0, told = false; !told; round += 1) {
      await writer.set('key', `round ${round}`);
      told = await Promise.race([
        first.then(() => true),
        new Promise<false>((resolve) => setTimeout(resolve, 10, false)),
      ]);
    }
    expect(await first).toMatchObject({ done: false, value: { kind: 'changed', key: 'key' } });
    await changes.return();
  });

  it('ends what waits for it when it is closed, with an error of that name, and leaves nothing behind', async () => {
    const watcher = await open();
    await watcher.set('key', '1');
    const told = watcher.watch().next();
    const waiting = watcher.waitFor('absent', { timeoutMs: 60_000 });
    const both = Promise.allSettled([told, waiting]);
    watcher.close();
    // A change after it, at which a watch of a closed pool used to throw where nobody could catch it.
    await (await open()).set('key', '2');
    const closed = { status: 'rejected', reason: expect.any(PoolClosed) as unknown };
    expect(await both).toEqual([closed, closed]);
    await expect(watcher.watch().next()).rejects.toThrow(PoolClosed);
    await expect(watcher.waitFor('key')).rejects.toThrow(PoolClosed);
  });

  it('ends them whenever it is closed, also while they look', async () => {
    for (let turns = 0; turns < 12; turns += 1) {
      const pool = await open();
      await pool.set('key', '1');
      const both = Promise.allSettled([pool.watch().next(), pool.waitFor('absent')]);
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      pool.close();
      const closed = { status: 'rejected', reason: expect.any(PoolClosed) as unknown };
      expect(await both).toEqual([closed, closed]);
    }
  });

  it('ends a watch by its signal without an error, also by one that was aborted before', async () => {
    const pool = await open();
    expect(await pool.watch({ signal: AbortSignal.abort() }).next()).toEqual({ done: true, value: undefined });
    const controller = new AbortController();
    const next = pool.watch({ signal: controller.signal }).next();
    controller.abort();
    expect(await next).toEqual({ done: true, value: undefined });
  });

  it('is closed by the end of its block, and any number of times', async () => {
    const pool = await open();
    pool[Symbol.dispose]();
    await pool[Symbol.asyncDispose]();
    await expect(pool.set('key', 'v')).rejects.toThrow('ECANCELED');
  });
});
