import { appendFileSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Status } from '../../../src/message/status.ts';
import { neighbourWithLock } from '../../support/neighbour-with-lock.ts';
import { poolFile, type ServedHost, servedHost } from '../../support/served-host.ts';

const ok = { status: Status.ok };
const failed = { status: Status.fail };
const recordSize = 2560;
const keySize = 512;
const lockTimeoutMs = 2000;

function record(key: string, value: string): Buffer {
  const bytes = Buffer.alloc(recordSize);
  bytes.write(key);
  bytes.write(value, keySize);
  return bytes;
}

async function keys({ host }: ServedHost, pool: number): Promise<string[]> {
  return (await host.enumerate(pool)).records.map(({ key }) => key);
}

describe.each(['linux', 'freebsd'] as const)('the daemon on %s', (system) => {
  it('shows what a neighbour appends, changes, replaces, truncates and removes, at the next operation', async () => {
    const served = await servedHost(system);
    const file = poolFile(served, 1);
    await served.host.set(1, 'ours', 'value');
    appendFileSync(file, record('appended', 'value'));
    expect(await keys(served, 1)).toEqual(['ours', 'appended']);
    writeFileSync(file, record('changed', 'value'), { flag: 'r+' });
    expect(await keys(served, 1)).toEqual(['changed', 'appended']);
    writeFileSync(`${file}.new`, record('replaced', 'value'));
    renameSync(`${file}.new`, file);
    expect(await keys(served, 1)).toEqual(['replaced']);
    truncateSync(file);
    expect(await keys(served, 1)).toEqual([]);
    rmSync(file);
    expect(await keys(served, 1)).toEqual([]);
    expect(await served.host.set(1, 'again', 'value')).toEqual(ok);
    expect(readFileSync(file)).toEqual(record('again', 'value'));
  });

  it('survives that the host withdraws the service and offers it again, ten times', async () => {
    const { host, simulator, daemon } = await servedHost(system);
    for (let round = 0; round < 10; round += 1) {
      simulator.rescind();
      simulator.offer();
      await simulator.daemonConnected();
      expect(await host.set(0, 'round', String(round))).toEqual(ok);
    }
    expect(daemon.process.exitCode).toBeNull();
  });

  it('is followed by a fresh run when it is killed', async () => {
    const { host, daemon, simulator, restart } = await servedHost(system);
    await host.set(0, 'key', 'kept');
    daemon.process.kill('SIGKILL');
    await daemon.ended();
    restart();
    await simulator.daemonConnected();
    expect(await host.get(0, 'key')).toEqual({ ...ok, value: 'kept' });
  });

  it('waits for a lock, and serves when it is free', async () => {
    const served = await servedHost(system);
    await served.host.set(0, 'key', 'old');
    const { letGo } = await neighbourWithLock(poolFile(served, 0));
    const set = served.host.set(0, 'key', 'new');
    letGo();
    expect(await set).toEqual(ok);
  });

  it('ends on SIGTERM while it waits for a lock', async () => {
    const served = await servedHost(system, ['--debug']);
    await served.host.set(1, 'key', 'old');
    await neighbourWithLock(poolFile(served, 1));
    const answer = served.host.set(1, 'key', 'new').catch((error: unknown) => error);
    await served.daemon.logged("'key' = 'new'");
    const asked = performance.now();
    expect(await served.daemon.terminate()).toBe(0);
    expect(performance.now() - asked).toBeLessThan(lockTimeoutMs);
    served.simulator.close();
    expect(await answer).not.toEqual(ok);
  });

  it('fails a request whose lock stays held, and serves the next', async () => {
    const served = await servedHost(system);
    await served.host.set(0, 'key', 'old');
    const { letGo } = await neighbourWithLock(poolFile(served, 0));
    expect(await served.host.set(0, 'key', 'new')).toEqual(failed);
    expect((await served.host.enumerate(2)).records).toHaveLength(10);
    letGo();
    expect(await served.host.get(0, 'key')).toEqual({ ...ok, value: 'old' });
    await served.daemon.logged('lock');
  });

  it('answers 500 mixed requests', async () => {
    const { host } = await servedHost(system);
    for (let round = 0; round < 100; round += 1) {
      const key = `key ${round % 10}`;
      expect(await host.set(0, key, `value ${round}`)).toEqual(ok);
      expect(await host.get(0, key)).toEqual({ ...ok, value: `value ${round}` });
      expect(await host.enumerateAt(2, round % 10)).toMatchObject(ok);
      expect(await host.delete(1, key)).toEqual({ status: Status.noMoreItems });
      expect(await host.enumerateAt(0, 0)).toMatchObject(ok);
    }
  });
});
