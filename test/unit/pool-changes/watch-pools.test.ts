import { appendFileSync, mkdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { PoolNumber } from '../../../src/message/pool.ts';
import { type PoolChange, waitUntilFound, watchPools } from '../../../src/pool-changes/watch-pools.ts';
import { openPools, poolPath } from '../../../src/pools/pools.ts';
import { makePlace, type Place, record, records } from '../pools/support/open-pool.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const wanted = [PoolNumber.guest];
const patienceMs = 5000;

/** Takes changes one by one, as words. */
async function watching(place: Place): Promise<() => Promise<string>> {
  let tellReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    tellReady = resolve;
  });
  const changes = watchPools(
    { pools: place.open(), directory: place.directory, wanted },
    AbortSignal.timeout(patienceMs),
    () => {
      tellReady();
    },
  );
  const first = changes.next();
  await ready;
  let pending: typeof first | undefined = first;
  return async (): Promise<string> => {
    const next = await (pending ?? changes.next());
    pending = undefined;
    return next.done === true ? 'the end' : describeChange(next.value);
  };
}

function describeChange(change: PoolChange): string {
  return 'key' in change ? `${change.kind} ${change.key.toString()}=${change.value.toString()}` : change.kind;
}

describe('a watch of pools', () => {
  it('tells what is added, changed and removed', async () => {
    const place = makePlace();
    writeFileSync(place.path, records(2));
    const next = await watching(place);
    const pool = place.openGuest();
    await pool.set(Buffer.from('new'), Buffer.from('1'));
    expect(await next()).toBe('added new=1');
    await pool.set(Buffer.from('key0'), Buffer.from('other'));
    expect(await next()).toBe('changed key0=other');
    await pool.delete(Buffer.from('key1'));
    expect(await next()).toBe('removed key1=value1');
  });

  it('tells each of several records with one key', async () => {
    const place = makePlace();
    writeFileSync(place.path, record('same', '1'));
    const next = await watching(place);
    appendFileSync(place.path, Buffer.concat([record('same', '2'), record('same', '3')]));
    expect([await next(), await next()]).toEqual(['added same=2', 'added same=3']);
    truncateSync(place.path, 2560);
    expect([await next(), await next()]).toEqual(['removed same=2', 'removed same=3']);
  });

  it('tells when the file comes, is replaced and goes', async () => {
    const place = makePlace();
    const next = await watching(place);
    writeFileSync(place.path, '');
    expect(await next()).toBe('created');
    writeFileSync(`${place.path}.new`, record('theirs', '1'));
    renameSync(`${place.path}.new`, place.path);
    expect([await next(), await next()]).toEqual(['replaced', 'added theirs=1']);
    rmSync(place.path);
    expect([await next(), await next()]).toEqual(['removed-file', 'removed theirs=1']);
  });

  it('tells what happens while a change is being taken', async () => {
    const place = makePlace();
    writeFileSync(place.path, records(1));
    const next = await watching(place);
    appendFileSync(place.path, record('one', '1'));
    expect(await next()).toBe('added one=1');
    appendFileSync(place.path, record('two', '2'));
    // Long enough that the kernel's report has come before it is waited for.
    await pause(100);
    expect(await next()).toBe('added two=2');
  });

  it('tells the last state after a burst, however much happened at once', async () => {
    const place = makePlace();
    writeFileSync(place.path, records(1));
    const next = await watching(place);
    const pool = place.openGuest();
    for (let round = 0; round <= 2000; round += 1) await pool.set(Buffer.from('key0'), Buffer.from(String(round)));
    let told = '';
    while (told !== 'changed key0=2000') {
      told = await next();
      expect(told).toMatch(/^changed key0=/);
    }
  });
});

describe('a wait for pools', () => {
  it('finds what is written between its first look and its wait', async () => {
    const place = makePlace();
    writeFileSync(place.path, '');
    const pool = place.openGuest();
    let looks = 0;
    const find = async (): Promise<string | undefined> => {
      looks += 1;
      const value = await pool.get(Buffer.from('key'));
      const found = value?.toString();
      if (looks === 1) {
        appendFileSync(place.path, record('key', 'value'));
        // Long enough that the kernel's report has come before the wait begins.
        await pause(100);
      }
      return found;
    };
    const { directory } = place;
    const signal = AbortSignal.timeout(patienceMs);
    expect(await waitUntilFound({ directory, wanted }, find, signal)).toBe('value');
    expect(signal.aborted).toBe(false);
    expect(looks).toBe(2);
  });

  it('begins before the folder is there', async () => {
    const directory = join(temporaryFolder(), 'lib/hyperv');
    const options = {
      directory,
      stateDirectory: join(directory, 'state'),
      fileMode: 0o644,
      durability: 'memory',
    } as const;
    const pools = openPools({ ...options, lockTimeoutMs: 1000, warn: () => undefined });
    const find = async (): Promise<string | undefined> =>
      (await pools.at(PoolNumber.guest).get(Buffer.from('key')))?.toString();
    const found = waitUntilFound({ directory, wanted }, find, AbortSignal.timeout(patienceMs));
    for (const folder of [join(directory, '..'), directory]) {
      mkdirSync(folder);
      await pause(10);
    }
    writeFileSync(poolPath(directory, PoolNumber.guest), record('key', 'value'));
    expect(await found).toBe('value');
    pools.close();
  });

  it('ends with its signal', async () => {
    const { directory } = makePlace();
    const find = (): Promise<undefined> => Promise.resolve(undefined);
    const found = await waitUntilFound<string>({ directory, wanted }, find, AbortSignal.timeout(20));
    expect(found).toBeUndefined();
  });
});
