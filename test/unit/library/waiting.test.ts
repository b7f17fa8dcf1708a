import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type KvpPool, openPool, WaitTimeout } from '../../../src/library.ts';
import { neighbourWithLock } from '../../support/neighbour-with-lock.ts';
import { needs, program } from '../../support/needs.ts';
import { record } from '../pools/support/open-pool.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let directory: string;
beforeEach(() => {
  directory = temporaryFolder();
  writeFileSync(join(directory, '.kvp_pool_1'), Buffer.concat([record('VMId', '1'), record('Other', '2')]));
});

async function open(): Promise<KvpPool> {
  const opened = await openPool('guest', { directory, durability: 'memory', lockTimeoutMs: 60_000 });
  onTestFinished(() => {
    opened.close();
  });
  return opened;
}

describe('waitFor', () => {
  it('takes a pattern, or a function of records, and returns the record', async () => {
    const pool = await open();
    expect(await pool.waitFor({ pattern: 'VM*' })).toEqual({ key: 'VMId', value: '1' });
    const found = pool.waitFor(({ key, value }) => key === 'Phase' && value === 'go');
    const writer = await open();
    await writer.set('Phase', 'stop');
    await writer.set('Phase', 'go');
    expect(await found).toEqual({ key: 'Phase', value: 'go' });
    await expect(pool.waitFor({ pattern: 'X*' }, { timeoutMs: 10 })).rejects.toThrow(
      new WaitTimeout("no key like 'X*' appeared within 10 ms"),
    );
    await expect(pool.waitFor(() => false, { timeoutMs: 10 })).rejects.toThrow(WaitTimeout);
  });

  it('takes a text for the very key, whatever signs are in it', async () => {
    const pool = await open();
    await expect(pool.waitFor('VM*', { timeoutMs: 10 })).rejects.toThrow("the key 'VM*' did not appear within 10 ms");
    await pool.set('VM*', 'literal');
    expect(await pool.waitFor('VM*')).toBe('literal');
  });
});

describe('watch', () => {
  it.each([
    ['a key', 'VMName'],
    ['a pattern', { pattern: 'VM*' }],
    [
      'a function of changes',
      ({ kind, key }: { readonly kind: string; readonly key: string }) => kind === 'added' && key !== 'Noise',
    ],
  ])('tells only what is wanted by %s', async (_, keys) => {
    const pool = await open();
    const changes = pool.watch({ keys });
    const first = changes.next();
    const writer = await open();
    // What is written before it looks is no change; so write until it has told one.
    for (let told = false; !told; ) {
      await writer.delete('VMName');
      await writer.set('Noise', String(performance.now()));
      await writer.set('VMName', String(performance.now()));
      told = await Promise.race([
        first.then(() => true),
        new Promise<false>((resolve) => setTimeout(resolve, 10, false)),
      ]);
    }
    expect(await first).toMatchObject({ value: { key: 'VMName' } });
    await changes.return();
  });
});

describe('a signal', () => {
  it('gives up each call that waits for a lock, by its reason, and nothing has changed', async () => {
    needs(program('flock'));
    const pool = await open();
    const neighbour = await neighbourWithLock(join(directory, '.kvp_pool_1'));
    const reason = new Error('enough');
    const calls: ((signal: AbortSignal) => Promise<unknown>)[] = [
      (signal) => pool.get('VMId', { signal }),
      (signal) => pool.records({ signal }),
      (signal) => pool.set('VMId', '2', { signal }),
      (signal) => pool.set('Long', 'v'.repeat(2000), { chunk: 'ignition', signal }),
      (signal) => pool.append('VMId', '2', { signal }),
      (signal) => pool.delete('VMId', { signal }),
      (signal) => pool.clear({ signal }),
      (signal) => pool.waitFor('VMId', { signal }),
      (signal) => pool.waitFor({ pattern: 'VM*' }, { signal }),
    ];
    for (const call of calls) {
      const controller = new AbortController();
      const result = call(controller.signal);
      setTimeout(() => {
        controller.abort(reason);
      }, 20);
      await expect(result, String(call)).rejects.toBe(reason);
      await expect(call(AbortSignal.abort(reason)), String(call)).rejects.toBe(reason);
    }
    const controller = new AbortController();
    const next = pool.watch({ signal: controller.signal }).next();
    setTimeout(() => {
      controller.abort(reason);
    }, 20);
    expect(await next).toEqual({ done: true, value: undefined });
    await expect(pool.waitFor('VMId', { timeoutMs: 20 })).rejects.toThrow(WaitTimeout);
    neighbour.letGo();
    expect(await pool.records()).toEqual([
      { key: 'VMId', value: '1' },
      { key: 'Other', value: '2' },
    ]);
  });
});
