import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SettingInForce } from '../../../src/configuration/in-force.ts';
import type { InForceReport } from '../../../src/hvkvp/daemon/config.ts';
import { hvkvp } from '../../support/hvkvp-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type WatchedHost, watchedHost } from '../../support/watched-host.ts';

const text = `log_level = "notice"
[pools]
lock_timeout_ms = 700
[ip_injection]
denied_interfaces = ["eth9"]
address_ranges = ["10.0.0.0/8"]
[report.keys]
Role = "s3cret"
Image = { file = "/etc/image-version" }
`;

interface Site extends WatchedHost {
  readonly file: string;
  readonly write: (text: string) => void;
  readonly reload: () => Promise<void>;
  readonly config: (...words: readonly string[]) => Promise<InForceReport>;
}

async function site(): Promise<Site> {
  const file = join(temporaryFolder(), 'hyperv-kvp.toml');
  const write = (content: string): void => {
    writeFileSync(file, content);
  };
  write(text);
  const watched = await watchedHost('linux', ['--config', file]);
  const reload = async (): Promise<void> => {
    watched.daemon.lines.length = 0;
    watched.daemon.process.kill('SIGHUP');
    await watched.daemon.logged('configuration reloaded');
  };
  const config = async (...words: readonly string[]): Promise<InForceReport> => {
    const { status, stdout, stderr } = await hvkvp(['config', '--socket', watched.socket, '--json', ...words]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return JSON.parse(stdout) as InForceReport;
  };
  return { ...watched, file, write, reload, config };
}

function setting({ settings }: InForceReport, key: string): SettingInForce | undefined {
  return settings.find((each) => each.key === key);
}

describe('hvkvp config', () => {
  it('tells of each key its value, whence that comes, and since when', async () => {
    const { config, file, pools, daemon } = await site();
    const told = await config();
    expect(told).toMatchObject({ pid: daemon.pid, file, hasChanged: false, lapse: '' });
    const since = told.readAt;
    expect(Date.now() - Date.parse(since)).toBeLessThan(60_000);
    expect(told.settings.slice(0, 4)).toEqual([
      { key: 'device', value: expect.any(String) as string, from: 'command line', option: '--device', since },
      { key: 'log_level', value: 'notice', from: 'file', file, line: 1, since },
      { key: 'core_dumps', value: false, from: 'default', since },
      { key: 'pools.directory', value: pools, from: 'command line', option: '--pool-dir', since },
    ]);
    const inFile = { from: 'file', file, since };
    expect(setting(told, 'pools.lock_timeout_ms')).toMatchObject({ ...inFile, value: 700, line: 3 });
    expect(setting(told, 'ip_injection.denied_interfaces')).toMatchObject({ ...inFile, value: ['eth9'], line: 5 });
    expect(setting(told, 'ip_injection.address_ranges')).toMatchObject({ ...inFile, value: ['10.0.0.0/8'], line: 6 });
    expect(setting(told, 'report.keys.Image')).toMatchObject({ value: { file: '/etc/image-version' }, line: 9 });
  });

  it('withholds what may be secret, unless values are asked for', async () => {
    const { config, socket } = await site();
    expect(setting(await config(), 'report.keys.Role')).toMatchObject({ value: null, valueBytes: 6, line: 8 });
    expect((await hvkvp(['config', '--socket', socket])).stdout).not.toContain('s3cret');
    expect(setting(await config('--values'), 'report.keys.Role')).toMatchObject({ value: 's3cret' });
  });

  it('shows what the daemon has, not what the file says', async () => {
    const { config, write, socket, file } = await site();
    write('log_level = "debug"\n');
    const told = await config();
    expect(told.hasChanged).toBe(true);
    expect(setting(told, 'log_level')).toMatchObject({ value: 'notice', file, line: 1 });
    expect((await hvkvp(['config', '--socket', socket])).stdout).toContain('the file has changed');
  });

  it('after a reload tells since when each value is in force, and what a restart would change', async () => {
    const { config, write, reload } = await site();
    const before = await config();
    write('\nlog_level = "notice"\n[pools]\nlock_timeout_ms = 800\ndurability = "memory"\n');
    await reload();
    const after = await config();
    expect(after.hasChanged).toBe(false);
    expect(after.readAt > before.readAt).toBe(true);
    expect(setting(after, 'log_level')).toMatchObject({ line: 2, since: before.readAt });
    expect(setting(after, 'pools.lock_timeout_ms')).toMatchObject({ value: 800, line: 4, since: after.readAt });
    expect(setting(after, 'pools.durability')).toMatchObject({
      value: 'disk',
      from: 'default',
      since: before.readAt,
      restartRequired: true,
    });
    expect(setting(after, 'report.keys.Role')).toBeUndefined();
  });

  it('shows it as a table', async () => {
    const { socket, file, daemon } = await site();
    const { stdout } = await hvkvp(['config', '--socket', socket]);
    const lines = stdout.split('\n');
    expect(lines[0]).toBe(`${file}, process ${daemon.pid}`);
    const rows = lines.map((line) => line.replaceAll(/ {2,}/g, '|').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, 'SINCE'));
    expect(rows).toEqual(
      expect.arrayContaining([
        'key|value|from|since',
        `log_level|"notice"|${file}:1|SINCE`,
        'metrics.port|0|default|SINCE',
        `ip_injection.denied_interfaces|["eth9"]|${file}:5|SINCE`,
        `report.keys.Role|(6 bytes)|${file}:8|SINCE`,
        `report.keys.Image|{ file = "/etc/image-version" }|${file}:9|SINCE`,
      ]),
    );
  });
});

describe('hvkvp config without a daemon', () => {
  it('finds out what one would work with, and says so', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'hyperv-kvp.toml');
    writeFileSync(file, text);
    const words = ['config', '--config', file, '--pool-dir', folder, '--socket', join(folder, 'none')];
    const { status, stdout, stderr } = await hvkvp([...words, '--json']);
    expect(status).toBe(0);
    expect(stderr).toContain('hvkvp config: no daemon answered, so this was determined here');
    const told = JSON.parse(stdout) as InForceReport;
    expect(told.pid).toBeNull();
    expect(setting(told, 'log_level')).toEqual({
      ...{ key: 'log_level', value: 'notice', from: 'file' },
      ...{ file, line: 1, since: null },
    });
    expect(setting(told, 'pools.directory')).toMatchObject({ value: folder, option: '--pool-dir' });
    expect((await hvkvp(words)).stdout).toContain(`${file}, no daemon asked\n`);
  });

  it('tells what is wrong with a file that cannot be used, and ends with status 2', async () => {
    const file = join(temporaryFolder(), 'hyperv-kvp.toml');
    writeFileSync(file, 'log_level = "loud"\n');
    const { status, stderr } = await hvkvp(['config', '--config', file, '--socket', '']);
    expect(status).toBe(2);
    expect(stderr).toContain(`${file}:1: log_level: `);
  });
});
