import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { startOn } from '../../../src/hvkvp/daemon/daemon-access.ts';
import { platform } from '../../../src/platform/platform.ts';
import { hvkvp } from '../../support/hvkvp-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { watchedHost } from '../../support/watched-host.ts';
import { fakeMachine } from '../../unit/platform/fake-machine.ts';

const project = join(import.meta.dirname, '../../..');

let file: string;
beforeEach(() => {
  file = join(temporaryFolder(), 'hyperv-kvp.toml');
  writeFileSync(file, '[pools]\nfile_mod = "0644"\n');
});

describe('a configuration that cannot be used', () => {
  it('does not end the doctor, who finds it and goes on with the defaults', async () => {
    const { status, stdout, stderr } = await hvkvp(['doctor', '--config', file, '--json']);
    expect(stderr).toBe('');
    expect(status).toBe(1);
    const { checks } = JSON.parse(stdout) as { checks: readonly { check: string; state: string; found: string }[] };
    const found = checks.find(({ check }) => check === 'configuration');
    expect(found).toMatchObject({ state: 'problem' });
    expect(found?.found).toContain(`${file}:2: pools.file_mod: unknown key`);
    expect(checks.length).toBeGreaterThan(10);
  });

  it.each([['status'], ['monitor'], ['top'], ['metrics']])(
    'is told by %s, which asks at the default socket',
    async (command) => {
      const { stderr } = await hvkvp([command, '--config', file]);
      expect(stderr).toContain(`hvkvp ${command}: ${file}:2: pools.file_mod: unknown key`);
      expect(stderr).toMatch(/using the default control socket, \/\S+/);
    },
  );

  it('does not keep status from a socket that is named', async () => {
    const { socket, daemon } = await watchedHost();
    const { status, stdout, stderr } = await hvkvp(['status', '--config', file, '--socket', socket, '--json']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ pid: daemon.pid });
  });

  it('fails the reload of the unit before the daemon is told', () => {
    const unit = readFileSync(join(project, 'packaging/systemd/hyperv-kvp.service'), 'utf8');
    const [, command = ''] = /^ExecReload=\/bin\/sh -c '(.+)' reload \$MAINPID$/m.exec(unit) ?? [];
    const daemon = join(project, 'dist/bin/hv_kvp_daemon.js');
    const reload = (configuration: string) =>
      spawnSync(
        '/bin/sh',
        [
          ...[
            '-c',
            `kill() { echo "told $2"; }; ${command.replace('/usr/sbin/hv_kvp_daemon', `"$NODE" "$DAEMON" --config "$FILE"`)}`,
          ],
          ...['reload', '4711'],
        ],
        { encoding: 'utf8', env: { NODE: process.execPath, DAEMON: daemon, FILE: configuration } },
      );
    const refused = reload(file);
    expect(refused.status).not.toBe(0);
    expect(refused.stdout).not.toContain('told');
    expect(refused.stderr).toContain('unknown key');
    writeFileSync(file, '');
    expect(reload(file)).toMatchObject({ status: 0, stdout: expect.stringContaining('told 4711') as string });
  });
});

describe('the command that is advised to start a daemon', () => {
  it.each([
    ['linux', '/usr/lib/systemd/system/hyperv-kvp.service', 'systemctl start hyperv-kvp'],
    ['linux', '/etc/systemd/system/hyperv-kvp.service', 'systemctl start hyperv-kvp'],
    ['freebsd', '/usr/local/etc/rc.d/hyperv_kvp', 'service hyperv_kvp start'],
  ] as const)('is of the service where that is installed: %s, %s', (system, path, command) => {
    expect(startOn(fakeMachine({ files: { [path]: '' } }), platform(system))).toBe(command);
    expect(startOn(fakeMachine({}), platform(system))).toBe('hv_kvp_daemon');
  });
});
