import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Status } from '../../../src/message/status.ts';
import { freebsdGuest, guid, mac, wish } from '../../support/freebsd-guest.ts';
import { poolFile } from '../../support/served-host.ts';

const ok = { status: Status.ok };
const failed = { status: Status.fail };
/** Longer than a test; it outlives the daemon, which is killed at the end. */
const hangs = 'exec sleep 30';

// Every test ends with a look at the simulated driver: whatever was late would have been answered by it, after 5 s.
describe('the daemon on FreeBSD, on the twin of its device and among its programs', () => {
  it('reports the ten automatic keys', async () => {
    const { host } = await freebsdGuest();
    const { records } = await host.enumerate(2);
    expect(Object.fromEntries(records.map(({ key, value }) => [key, value]))).toMatchObject({
      IntegrationServicesVersion: '',
      NetworkAddressIPv4: '10.0.0.4',
      OSBuildNumber: '14.1-RELEASE-p3',
      OSName: 'FreeBSD',
      OSMajorVersion: '14',
      OSMinorVersion: '1',
      OSVersion: '14.1',
      ProcessorArchitecture: 'amd64',
    });
    expect(records).toHaveLength(10);
  });

  it('keeps records, whatever sizes the driver gives, in files that only root reads', async () => {
    const served = await freebsdGuest();
    const { host } = served;
    const records = [
      { key: 'plain', value: 'text' },
      { key: 'grüße', value: 'žluťoučký kůň, 日本語' },
      { key: 'unsigned', value: '-1' },
    ];
    for (const { key, value } of records.slice(0, 2)) expect(await host.set(0, key, value)).toEqual(ok);
    expect(await host.set(0, 'unsigned', { u32: 0xffff_ffff })).toEqual(ok);
    expect((await host.enumerate(0)).records).toEqual(records);
    expect(await host.get(0, 'grüße')).toEqual({ ...ok, value: records[1]?.value });
    expect(await host.delete(0, 'grüße')).toEqual(ok);
    expect(statSync(poolFile(served, 0)).mode & 0o777).toBe(0o600);
  });

  it.each([
    { letters: 'lower', adapterId: guid }, // The driver gives the adapter's name for it.
    { letters: 'upper', adapterId: guid.toUpperCase() }, // The driver leaves it.
  ])('gives an adapter the addresses that the host wants, by a GUID in $letters case', async ({ adapterId }) => {
    const { host } = await freebsdGuest();
    expect(await host.getIpInfo(mac)).toMatchObject({ ...ok, value: { addresses: '10.0.0.4', dhcpEnabled: true } });
    expect(await host.setIpInfo({ ...wish, adapterId })).toEqual(ok);
    expect(await host.getIpInfo(mac)).toMatchObject({
      ...ok,
      value: {
        addresses: '10.0.0.9',
        subnets: '255.255.255.0',
        gateways: '10.0.0.254;',
        dnsServers: '10.0.0.53;',
        dhcpEnabled: false,
      },
    });
  });

  it('answers in time when somebody holds the lock of a pool', async () => {
    const served = await freebsdGuest();
    const { host, daemon } = served;
    await host.set(1, 'key', 'old');
    const letGo = await neighbourWithLock(poolFile(served, 1));
    expect(await host.set(1, 'key', 'new')).toEqual(failed);
    await daemon.logged('lock');
    await letGo();
    expect(await host.get(1, 'key')).toEqual({ ...ok, value: 'old' });
  });

  it('answers in time when a change of addresses takes long, and serves on while it is undone', async () => {
    const { host } = await freebsdGuest({ route: hangs }, '[ip_injection]\ndeadline_ms = 3000\n');
    expect(await host.setIpInfo(wish)).toEqual(failed);
    expect(await host.set(0, 'key', 'value')).toEqual(ok);
  });

  it('changes an adapter of both families and back to DHCP, each in time, and leaves the rest of rc.conf as it is', async () => {
    const rcConf = `# Grüße
hostname="guest"
ifconfig_hn0='inet 10.0.0.4 netmask 255.255.255.0 mtu 1400 -tso'  # office
ifconfig_hn0_5="inet 10.5.0.4/24"
vlans_hn0="5"
static_routes="branch"
route_branch="-net 172.16.0.0/12 10.0.0.2"
defaultrouter="10.0.0.1"
`;
    const { host, daemon } = await freebsdGuest({}, '', rcConf);
    const configuration = () => readFileSync(`/proc/${daemon.pid}/root/etc/rc.conf`, 'utf8');
    const both = { ...wish, addressFamily: 0, addresses: '10.0.0.9;2001:db8::9', subnets: '255.255.255.0;64' };
    expect(await host.setIpInfo({ ...both, gateways: '10.0.0.254;2001:db8::1', dnsServers: '' })).toEqual(ok);
    expect(configuration()).toBe(
      rcConf.replace('10.0.0.4 netmask', '10.0.0.9 netmask').replace('10.0.0.1"', '10.0.0.254"') +
        'ifconfig_hn0_ipv6="inet6 2001:db8::9 prefixlen 64"\nipv6_defaultrouter="2001:db8::1"\n',
    );
    expect(await host.getIpInfo(mac)).toMatchObject({
      value: { addresses: '10.0.0.9;2001:db8::9', gateways: '10.0.0.254;2001:db8::1;', dhcpEnabled: false },
    });
    const byDhcp = { ...wish, dhcpEnabled: true, addresses: '', subnets: '', gateways: '', dnsServers: '' };
    expect(await host.setIpInfo(byDhcp)).toEqual(ok);
    expect(configuration()).toContain("\nifconfig_hn0='SYNCDHCP mtu 1400 -tso'  # office\n");
    expect(configuration()).toContain('\nifconfig_hn0_ipv6="inet6 2001:db8::9 prefixlen 64"\n');
    expect(await host.getIpInfo(mac)).toMatchObject({
      value: { addresses: '10.0.0.4;2001:db8::9', dhcpEnabled: true },
    });
  });

  it('brings back files, addresses and routes of a change that fails', async () => {
    const rcConf = 'ifconfig_hn0="inet 10.0.0.4 netmask 255.255.255.0"\ndefaultrouter="10.0.0.1"\n';
    const fails = 'case "$*" in *10.0.0.254) [ "$2" = delete ] ;; *) exec /usr/sbin/real-route "$@" ;; esac';
    const { host, daemon } = await freebsdGuest({ route: fails }, '[ip_injection]\ndeadline_ms = 3000\n', rcConf);
    expect(await host.setIpInfo(wish)).toEqual(failed);
    await expect
      .poll(() => host.getIpInfo(mac), { timeout: 10_000 })
      .toMatchObject({ value: { addresses: '10.0.0.4', gateways: '10.0.0.1;', dnsServers: '10.0.0.2;' } });
    expect(readFileSync(`/proc/${daemon.pid}/root/etc/rc.conf`, 'utf8')).toBe(rcConf);
  });

  it('answers in time when every program hangs', async () => {
    const scripts = { ifconfig: hangs, sysctl: hangs, netstat: hangs, sysrc: hangs };
    const { host } = await freebsdGuest(scripts);
    expect(await host.getIpInfo(mac)).toMatchObject({ ...ok, value: { addresses: '10.0.0.4', gateways: '' } });
    expect((await host.enumerate(2)).records).toHaveLength(10);
  });

  it('is followed by a fresh run when it is killed during a request', async () => {
    const served = await freebsdGuest();
    const { host, daemon, restart } = served;
    await host.set(0, 'key', 'value');
    const letGo = await neighbourWithLock(poolFile(served, 0));
    const unanswered = host.set(0, 'key', 'new');
    const exit = once(daemon.process, 'exit');
    setImmediate(() => daemon.process.kill('SIGKILL'));
    await exit;
    await letGo();
    await restart().logged('registered');
    // The driver fails the request after its 5 s, and only then hands over the next.
    expect(await unanswered).toEqual(failed);
    expect(await host.get(0, 'key')).toEqual({ ...ok, value: 'value' });
  });

  it('leaves the device to a daemon that has it', async () => {
    const { restart } = await freebsdGuest();
    const second = restart();
    expect(await second.ended()).toBe(1);
    expect(second.lines.join('\n')).toContain('EBUSY');
  });

  it('is killed by the driver when the device is destroyed, and starts again with the next', async () => {
    const { host, simulator, daemon, restart } = await freebsdGuest();
    await host.set(0, 'key', 'kept');
    simulator.rescind();
    expect(await daemon.ended()).toBe('SIGKILL');
    simulator.offer();
    restart();
    await simulator.daemonConnected();
    expect(await host.get(0, 'key')).toEqual({ ...ok, value: 'kept' });
  });
});

/** Another program that holds a lock on a file until it is told to let go: by fcntl(2), which is flock(2) too on FreeBSD. */
async function neighbourWithLock(file: string): Promise<() => Promise<void>> {
  const program =
    'import fcntl, sys; file = open(sys.argv[1], "r+"); fcntl.lockf(file, fcntl.LOCK_EX); print("locked", flush=True); input()';
  const neighbour = spawn('python3', ['-c', program, file], { stdio: ['pipe', 'pipe', 'ignore'] });
  onTestFinished(() => {
    neighbour.kill();
  });
  await once(neighbour.stdout, 'data');
  return async () => {
    neighbour.stdin.end('\n');
    await once(neighbour, 'exit');
  };
}
