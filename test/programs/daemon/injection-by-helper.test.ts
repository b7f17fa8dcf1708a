import { chownSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Status } from '../../../src/message/status.ts';
import { eventually } from '../../support/eventually.ts';
import { freebsdGuest, mac, wish } from '../../support/freebsd-guest.ts';
import { helperOf, statusField, user } from '../../support/given-up-rights.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ok = { status: Status.ok };
const failed = { status: Status.fail };
const privileges = `[privileges]\nuser = "${user.uid}:${user.gid}"\n`;

/** What the guest's rc.conf(5) says, in the namespaces of a process. */
function rcConf(pid: number): string {
  return readFileSync(`/proc/${pid}/root/etc/rc.conf`, 'utf8');
}

describe('a change of addresses for a daemon that is not root', () => {
  it('is made by the helper', async () => {
    const { host, daemon } = await freebsdGuest({}, privileges);
    expect(statusField(daemon.pid, 'Uid')).toMatch(new RegExp(`^${user.uid}\t`));
    expect(await host.setIpInfo(wish)).toEqual(ok);
    await daemon.logged('hyperv-kvp-helper: info: the host sets hn0');
    expect(rcConf(helperOf(daemon))).toContain('10.0.0.9');
    expect(await host.getIpInfo(mac)).toMatchObject({ ...ok, value: { addresses: '10.0.0.9', dhcpEnabled: false } });
  });

  it('is judged by the helper, by what root’s configuration says now', async () => {
    const { host, daemon, configurationPath } = await freebsdGuest({}, privileges);
    writeFileSync(configurationPath, `${privileges}[ip_injection]\naddress_ranges = ["192.0.2.0/24"]\n`);
    expect(await host.setIpInfo(wish)).toEqual(failed);
    await daemon.logged('ip_injection.address_ranges');
    expect(rcConf(helperOf(daemon))).not.toContain('10.0.0.9');
  });

  it('keeps to the last configuration that could be used', async () => {
    const { host, daemon, configurationPath } = await freebsdGuest({}, `${privileges}[ip_injection]\nmode = "off"\n`);
    expect(await host.setIpInfo(wish)).toEqual(failed);
    await daemon.logged('ip_injection.mode');
    daemon.lines.length = 0;
    writeFileSync(configurationPath, 'nonsense');
    expect(await host.setIpInfo(wish)).toEqual(failed);
    await daemon.logged('ip_injection.mode');
    await daemon.logged('configuration not reloaded');
  });

  it('is allowed nothing by a configuration that is empty for a moment', async () => {
    const served = await freebsdGuest({}, `${privileges}[ip_injection]\nmode = "off"\n`);
    expect(await served.host.setIpInfo(wish)).toEqual(failed);
    served.daemon.lines.length = 0;
    writeFileSync(served.configurationPath, '');
    expect(await served.host.setIpInfo(wish)).toEqual(failed);
    await served.daemon.logged('is missing or empty');
    await served.daemon.logged('ip_injection.mode');
  });

  it('is refused if others than root could have written what is to be undone', async () => {
    const { host, daemon, state } = await freebsdGuest({}, privileges);
    await host.set(0, 'key', 'value');
    chownSync(state, user.uid, user.gid);
    const planted = { adapter: 'hn0', backEnd: 'freebsd', saved: [], undo: { before: [], commands: [] } };
    writeFileSync(join(state, 'ip-injection.json'), JSON.stringify(planted));
    expect(await host.setIpInfo(wish)).toEqual(failed);
    await daemon.logged('not setting addresses');
    expect(existsSync(join(state, 'ip-injection.json'))).toBe(true);
    expect(rcConf(helperOf(daemon))).not.toContain('10.0.0.9');
  });

  it('fails with the helper, and the daemon serves on', async () => {
    const { host, daemon } = await freebsdGuest({}, privileges);
    process.kill(helperOf(daemon), 'SIGKILL');
    await daemon.logged('does not answer');
    expect(await host.setIpInfo(wish)).toEqual(failed);
    expect(await host.getIpInfo(mac)).toMatchObject({ ...ok, value: { addresses: '10.0.0.4' } });
  });

  it('is undone by the helper of the next daemon if it was cut short', async () => {
    const stalled = join(temporaryFolder(), 'stalled');
    const service = `[ ! -e "${stalled}" ] || exec real-service "$@"\n: > "${stalled}"\nexec sleep 30`;
    const served = await freebsdGuest({ service }, privileges);
    const unanswered = served.host.setIpInfo(wish).catch(() => undefined);
    const record = join(served.state, 'ip-injection.json');
    await eventually(() => existsSync(record));
    process.kill(helperOf(served.daemon), 'SIGKILL');
    expect(await unanswered).toEqual(failed);
    served.daemon.process.kill('SIGKILL');
    await served.daemon.ended();
    const next = served.restart();
    await next.logged('that was interrupted');
    await eventually(() => !existsSync(record));
  });
});

describe('what only root can read', () => {
  it('is asked of the helper', async () => {
    const sysrc = '[ "$(id -u)" = 0 ] || exit 1\necho "ifconfig_hn0: SYNCDHCP"';
    const { host } = await freebsdGuest({ sysrc }, privileges);
    expect(await host.getIpInfo(mac)).toMatchObject({ ...ok, value: { addresses: '10.0.0.4', dhcpEnabled: true } });
  });
});
