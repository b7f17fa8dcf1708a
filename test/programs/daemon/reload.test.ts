import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askStatus } from '../../../src/control/client.ts';
import { Status } from '../../../src/message/status.ts';
import { DaemonProcess } from '../../support/daemon-process.ts';
import { neighbourWithLock } from '../../support/neighbour-with-lock.ts';
import { poolFile } from '../../support/served-host.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type WatchedHost, watchedHost } from '../../support/watched-host.ts';

const ok = { status: Status.ok };
const readAnew = 'configuration reloaded';
const rounds = 100;
/** Else the descriptors of the process are shown to root only. */
const readable = 'core_dumps = true\n';

interface Configured extends WatchedHost {
  /** Writes the configuration. */
  readonly write: (text: string) => void;
  /** Has the daemon read it; returns the line that tells what came of it. */
  readonly reload: (text: string, expected?: string) => Promise<string>;
}

async function configured(text = ''): Promise<Configured> {
  const file = join(temporaryFolder(), 'hyperv-kvp.toml');
  const write = (content: string): void => {
    writeFileSync(file, content);
  };
  write(text);
  const watched = await watchedHost('linux', ['--config', file]);
  const { daemon } = watched;
  const reload = async (content: string, expected = readAnew): Promise<string> => {
    write(content);
    daemon.lines.length = 0;
    daemon.process.kill('SIGHUP');
    return await daemon.logged(expected);
  };
  return { ...watched, write, reload };
}

describe('SIGHUP', () => {
  it('has the daemon use another policy for IP injection', async () => {
    const { reload, socket } = await configured();
    await reload('[ip_injection]\nmode = "off"\ndenied_interfaces = ["eth9"]\n');
    expect((await askStatus({ path: socket })).ipInjection).toMatchObject({ mode: 'off', deniedInterfaces: ['eth9'] });
  });

  it('changes what the host is told beside the automatic keys', async () => {
    const { host, reload } = await configured('[report.keys]\nRole = "web"\n');
    expect((await host.enumerate(2)).records.at(-1)).toMatchObject({ key: 'Role', value: 'web' });
    await reload('[report.keys]\nRole = "database"\nOSMinorVersion = "7"\n');
    const { records } = await host.enumerate(2);
    expect(records.at(-1)).toMatchObject({ key: 'Role', value: 'database' });
    expect(records[7]).toMatchObject({ key: 'OSMinorVersion', value: '7' });
  });

  it('changes how long a request waits for a lock', async () => {
    const served = await configured('[pools]\nlock_timeout_ms = 600000\n');
    await served.host.set(0, 'key', 'value');
    await served.reload('[pools]\nlock_timeout_ms = 1\n');
    await neighbourWithLock(poolFile(served, 0));
    expect(await served.host.set(0, 'key', 'new')).toEqual({ status: Status.fail });
  });

  it('changes the mode of files that are created', async () => {
    const served = await configured();
    await served.reload('[pools]\nfile_mode = "0600"\n');
    rmSync(poolFile(served, 3));
    expect(await served.host.set(3, 'key', 'value')).toEqual(ok);
    expect(statSync(poolFile(served, 3)).mode & 0o777).toBe(0o600);
  });

  it('changes what is logged', async () => {
    const { reload, host, daemon } = await configured();
    await reload('log_level = "debug"\n');
    await host.set(0, 'key', 's3cret');
    expect(await daemon.logged('request: set')).toContain('s3cret');
    await reload('log_level = "notice"\n');
    await host.set(0, 'key', 'hidden');
    await reload('');
    expect(daemon.lines.join('\n')).not.toContain('hidden');
  });

  it('names what restart required to change, and leaves it as it is', async () => {
    const { reload, daemon, host, pools, write } = await configured();
    write('');
    await reload('[pools]\ndurability = "memory"\n[control]\nsocket = "/nonexistent"\n[metrics]\nport = 1\n');
    expect(await daemon.logged('restart required to change')).toContain('pools.durability, metrics.port');
    expect(await host.set(0, 'key', 'value')).toEqual(ok);
    expect(readdirSync(pools)).toContain('.kvp_pool_0');
  });

  it.each([
    ['a wrong key', 'log_level = "debug"\ncolour = 1\n', /hyperv-kvp\.toml:2: colour: unknown key/],
    ['a wrong value', '\n[pools]\nfile_mode = "rw"\n', /hyperv-kvp\.toml:3: pools\.file_mode: /],
    ['no TOML', '[[[\n', /hyperv-kvp\.toml:1: /],
  ])('with %s keeps all settings, and tells file and line', async (_, text, problem) => {
    const { reload, daemon, host, socket } = await configured('[ip_injection]\nmode = "off"\n');
    await reload(text, 'the previous settings stay in force');
    expect(await daemon.logged('.toml:')).toMatch(problem);
    await host.set(0, 'key', 's3cret');
    expect((await askStatus({ path: socket })).ipInjection.mode).toBe('off');
    expect(daemon.lines.join('\n')).not.toContain('s3cret');
  });

  it('with a configuration that is gone keeps all settings', async () => {
    const file = join(temporaryFolder(), 'hyperv-kvp.toml');
    writeFileSync(file, '');
    const daemon = new DaemonProcess(['--config', file, '--device', '/nonexistent/device']);
    await daemon.logged('waiting for the device');
    rmSync(file);
    daemon.process.kill('SIGHUP');
    expect(await daemon.logged(file)).toContain('ENOENT');
    expect(await daemon.terminate()).toBe(0);
  });

  it('is harmless while the daemon waits for its device', async () => {
    const daemon = new DaemonProcess(['--config', '/dev/null', '--device', '/nonexistent/device']);
    await daemon.logged('waiting for the device');
    daemon.process.kill('SIGHUP');
    await daemon.logged(readAnew);
    expect(await daemon.terminate()).toBe(0);
  });

  it('is harmless while a request is in hand, which goes on with the settings it began with', async () => {
    const served = await configured('log_level = "debug"\n[pools]\nlock_timeout_ms = 600000\n');
    await served.host.set(0, 'key', 'old');
    const { letGo } = await neighbourWithLock(poolFile(served, 0));
    served.daemon.lines.length = 0;
    const set = served.host.set(0, 'key', 'new');
    await served.daemon.logged('request: set');
    await served.reload('[pools]\nlock_timeout_ms = 1\n');
    letGo();
    expect(await set).toEqual(ok);
  });

  it(`leaks nothing, however often it comes (${rounds} times)`, async () => {
    const { write, host, daemon, socket } = await configured(readable);
    const descriptors = (): number => readdirSync(`/proc/${daemon.pid}/fd`).length;
    const denied = async (): Promise<unknown> => (await askStatus({ path: socket })).ipInjection.deniedInterfaces[0];
    const before = descriptors();
    for (let round = 0; round < rounds; round += 1) {
      write(`${readable}[ip_injection]\ndenied_interfaces = ["eth${round}"]\n`);
      daemon.process.kill('SIGHUP');
      expect(await host.set(0, 'round', String(round))).toEqual(ok);
      // The log leaves lines out when there are so many.
      while ((await denied()) !== `eth${round}`) expect(daemon.process.exitCode).toBeNull();
    }
    // Those of the pool that was set come on top.
    expect(descriptors() - before).toBeLessThan(rounds / 10);
    await daemon.terminate();
    expect(daemon.lines.join('\n')).not.toContain('MaxListeners');
  });
});
