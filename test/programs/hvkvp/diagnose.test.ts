import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../../src/configuration/settings.ts';
import { diagnose } from '../../../src/hvkvp/diagnose/diagnose.ts';
import { diagnosticCommands } from '../../../src/platform/diagnostics.ts';
import { hvkvp } from '../../support/hvkvp-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { watchedHost } from '../../support/watched-host.ts';
import { fakeMachine } from '../../unit/platform/fake-machine.ts';

interface Unpacked {
  readonly names: readonly string[];
  readonly text: (name: string) => string;
  readonly all: string;
}

/** What tar(1) makes of an archive. */
function unpacked(file: string): Unpacked {
  const folder = temporaryFolder();
  const { status, stderr } = spawnSync('tar', ['-xzf', file, '-C', folder], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const top = join(folder, 'hyperv-kvp-diagnosis');
  const names = readdirSync(top, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(top, name)).isFile())
    .sort();
  const text = (name: string): string => readFileSync(join(top, name), 'utf8');
  return { names, text, all: names.map(text).join('\n') };
}

describe('hvkvp diagnose', () => {
  it('writes one archive, for this user only, without values and secrets, and lists what is in it', async () => {
    const configuration = join(temporaryFolder(), 'hyperv-kvp.toml');
    writeFileSync(configuration, 'log_level = "debug"\n[report.keys]\nRole = "pl4nted-role"\n');
    const { host, socket, pools } = await watchedHost('linux', ['--config', configuration]);
    await host.set(1, 'pl4nted-key', 'pl4nted-value');
    const file = join(temporaryFolder(), 'report.tar.gz');
    const words = ['diagnose', file, '--config', configuration, '--pool-dir', pools, '--socket', socket];
    const { status, stdout } = await hvkvp(words);
    expect(status).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { names, text, all } = unpacked(file);
    const wanted = [
      'CONTENTS.txt',
      'config.json',
      'doctor.txt',
      'kernel.txt',
      'pools.json',
      'status.json',
      'system.json',
    ];
    expect(names).toEqual(expect.arrayContaining([...wanted, 'network/adapters.txt']));
    expect(JSON.parse(text('status.json'))).toMatchObject({ type: 'status', device: { state: 'registered' } });
    expect(JSON.parse(text('config.json'))).toMatchObject({ file: configuration });
    expect(JSON.parse(text('pools.json'))).toContainEqual(expect.objectContaining({ pool: 'guest', records: 1 }));
    expect(JSON.parse(text('system.json'))).toMatchObject({ node: process.version });
    expect(all).not.toContain('pl4nted');
    for (const name of names.filter((each) => each !== 'CONTENTS.txt')) {
      expect(stdout).toContain(name);
      expect(text('CONTENTS.txt')).toContain(name);
    }
  });

  it('names a source that fails, which costs only itself', async () => {
    const file = join(temporaryFolder(), 'report.tar.gz');
    const words = ['diagnose', file, '--config', '/dev/null', '--socket', '/nonexistent/control', '--json'];
    const { status, stdout } = await hvkvp(words);
    expect(status).toBe(0);
    const { contents } = JSON.parse(stdout) as { contents: readonly { file: string; trouble: string }[] };
    expect(contents.find((each) => each.file === 'status.json')?.trouble).toContain('cannot reach a daemon at');
    const { names, text } = unpacked(file);
    expect(names).not.toContain('status.json');
    expect(names).toEqual(expect.arrayContaining(['config.json', 'doctor.txt', 'system.json']));
    expect(text('CONTENTS.txt')).toMatch(/^status\.json +none +hvkvp status \(cannot reach a daemon at/m);
  });

  it('goes on with the defaults where the configuration cannot be used', async () => {
    const folder = temporaryFolder();
    const configuration = join(folder, 'hyperv-kvp.toml');
    writeFileSync(configuration, 'log_level = "loud"\n');
    const file = join(folder, 'report.tar.gz');
    expect(await hvkvp(['diagnose', file, '--config', configuration])).toMatchObject({ status: 0 });
    expect(unpacked(file).text('doctor.txt')).toContain(`${configuration}:1: log_level`);
  });

  it('does not write over another file', async () => {
    const file = join(temporaryFolder(), 'kept');
    writeFileSync(file, 'kept');
    const { status, stderr } = await hvkvp(['diagnose', file]);
    expect(status).toBe(3);
    expect(stderr).toContain('EEXIST');
    expect(readFileSync(file, 'utf8')).toBe('kept');
  });

  it('masks what a log at "debug" and the units say, whatever there is of programs', async () => {
    const configuration = join(temporaryFolder(), 'hyperv-kvp.toml');
    writeFileSync(configuration, '[report.keys]\nRole = "pl4nted-role"\n');
    const said: Readonly<Record<string, string>> = {
      'journal.txt':
        "KVP[7]: request: set guest 'pl4nted-key' = 'pl4nted-value'\nKVP[7]: reply: value 'pl4nted-value'\nKVP[7]: refused a request: unknown operation 77\nKVP[7]: the host sees the key 'pl4nted-key' changed: cut\nKVP[7]: registered\n",
      'unit.txt': '[Service]\nEnvironment=TOKEN=pl4nted-token\nSetCredential=x:pl4nted-token\nUser=hyperv-kvp\n',
      'network/networkmanager.txt': 'GENERAL.DEVICE: eth0 pl4nted-role\n',
    };
    const commands = Object.fromEntries(
      diagnosticCommands('linux').map(({ file, program, args }) => [[program, ...args].join(' '), said[file] ?? '']),
    );
    const settings = await loadSettings({ system: 'linux', configuration, poolDirectory: temporaryFolder() });
    const file = join(temporaryFolder(), 'report.tar.gz');
    const lines: string[] = [];
    const output = {
      isTerminal: false,
      hasColours: false,
      width: 80,
      json: false,
      write: (text: string | Buffer) => lines.push(text.toString()),
    };
    await diagnose(file, { settings, machine: fakeMachine({ commands }), configurationTrouble: '' }, output);
    const { text, all } = unpacked(file);
    expect(all).not.toContain('pl4nted');
    expect(text('journal.txt')).toBe(
      'KVP[7]: request: set (masked)\nKVP[7]: reply: value (masked)\nKVP[7]: refused a request: unknown operation 77\nKVP[7]: the host sees (masked) changed: cut\nKVP[7]: registered\n',
    );
    expect(text('unit.txt')).toBe('[Service]\nEnvironment=(masked)\nSetCredential=(masked)\nUser=hyperv-kvp\n');
    expect(text('network/networkmanager.txt')).toContain('eth0 (masked)');
  });
});
