import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askStatus, ControlClient } from '../../../src/control/client.ts';
import { Status } from '../../../src/message/status.ts';
import type { DaemonProcess } from '../../support/daemon-process.ts';
import { freebsdGuest, mac, wish } from '../../support/freebsd-guest.ts';
import { freePort } from '../../support/free-port.ts';
import { helperOf, user } from '../../support/given-up-rights.ts';
import { untilIdle } from '../../support/idle-process.ts';
import { installedPackage } from '../../support/installed-package.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { watchedHost } from '../../support/watched-host.ts';

const ok = { status: Status.ok };
const failed = { status: Status.fail };
const noAdapter = { status: Status.guidNotFound };

/** As an upgrade does it, under names that the new version does not have or that mean something else there. */
const upgrades = {
  deleted: (folder: string): void => {
    rmSync(folder, { recursive: true });
  },
  replaced: (folder: string): void => {
    for (const name of readdirSync(join(folder, 'dist/parts'))) {
      const path = join(folder, 'dist/parts', name);
      rmSync(path);
      writeFileSync(path, 'throw new Error("a part of another version");\n');
    }
  },
} as const;

/** Has the daemon read a configuration. */
async function reload(daemon: DaemonProcess, path: string, text: string, expected: string): Promise<void> {
  writeFileSync(path, text);
  daemon.lines.length = 0;
  daemon.process.kill('SIGHUP');
  await daemon.logged(expected);
}

/** Ends the daemon by a bug at SIGUSR2, for which its handler is a preloaded one. */
function crashingAtSignal(): string {
  const path = join(temporaryFolder(), 'crash.cjs');
  writeFileSync(path, `process.on('SIGUSR2', () => { throw new Error('planted'); });\n`);
  return path;
}

describe.each(['deleted', 'replaced'] as const)('a daemon whose installed files are %s', (how) => {
  it('reloads, reports, sets addresses by its helper, and says what ended it', async () => {
    const folder = installedPackage();
    const privileges = `[privileges]\nuser = "${user.uid}:${user.gid}"\n`;
    const program = ['--require', crashingAtSignal(), join(folder, 'dist/bin/hv_kvp_daemon.js')];
    const { host, daemon, configurationPath } = await freebsdGuest({}, privileges, undefined, program);
    await untilIdle(daemon.pid);
    await untilIdle(helperOf(daemon));
    upgrades[how](folder);
    expect(await host.getIpInfo(mac)).toMatchObject({ ...ok, value: { addresses: '10.0.0.4' } });
    await reload(
      daemon,
      configurationPath,
      `log_levle = "info"\n${privileges}`,
      'unknown key; did you mean log_level?',
    );
    expect(await host.setIpInfo(wish)).toEqual(ok);
    await daemon.logged('hyperv-kvp-helper: info: the host sets hn0');
    await reload(daemon, configurationPath, `${privileges}[ip_injection]\nmode = "off"\n`, 'configuration reloaded');
    expect(await host.setIpInfo(wish)).toEqual(failed);
    daemon.process.kill('SIGUSR2');
    await daemon.logged('Error: planted');
  });

  it('as root and from a Linux guest, too, answers at its socket and Prometheus', async () => {
    const folder = installedPackage();
    const configuration = join(temporaryFolder(), 'configuration');
    const port = await freePort();
    const metrics = `[metrics]\nport = ${port}\n`;
    writeFileSync(configuration, metrics);
    const program = [process.execPath, join(folder, 'dist/bin/hv_kvp_daemon.js')] as const;
    const { host, daemon, socket } = await watchedHost('linux', ['--config', configuration], program);
    await untilIdle(daemon.pid);
    upgrades[how](folder);
    expect(await askStatus({ path: socket })).toMatchObject({ pid: daemon.pid });
    const client = await ControlClient.connect({ path: socket });
    expect((await client.configuration(false)).settings.length).toBeGreaterThan(0);
    client.close();
    expect(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).toContain('hyperv_kvp_');
    expect(await host.getIpInfo('00:15:5D:FF:FF:FF')).toEqual(failed);
    await reload(daemon, configuration, `${metrics}[ip_injection]\nmode = "of"\n`, 'configuration not reloaded');
    await reload(daemon, configuration, `${metrics}[ip_injection]\nmode = "off"\n`, 'configuration reloaded');
    expect(await host.setIpInfo(wish)).toEqual(noAdapter);
    expect(await host.set(0, 'key', 'value')).toEqual(ok);
  });
});
