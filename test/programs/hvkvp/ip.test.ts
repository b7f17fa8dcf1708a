import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/hvkvp/failure.ts';
import { ipPlan } from '../../../src/hvkvp/ip/plan.ts';
import { ipShow } from '../../../src/hvkvp/ip/show.ts';
import { type AddressSettings, defaultReport } from '../../../src/auto-keys/report-settings.ts';
import { injectionSettings } from '../../../src/configuration/injection-settings.ts';
import type { Machine } from '../../../src/platform/machine.ts';
import { platform } from '../../../src/platform/platform.ts';
import { guid } from '../../unit/ip-information/support/proposals.ts';
import { fakeMachine } from '../../unit/platform/fake-machine.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const machine = (): Machine =>
  fakeMachine({
    files: {
      '/sys/class/net/eth0/address': '00:15:5d:01:02:0a\n',
      '/sys/class/net/eth0/type': '1\n',
      '/sys/class/net/eth0/ifindex': '2\n',
      '/sys/class/net/eth0/device/device_id': `{${guid}}\n`,
      '/proc/77/comm': 'systemd-network\n',
      '/run/systemd/netif/links/2': 'ADMIN_STATE=configured\nNETWORK_FILE=/etc/systemd/network/lan.network\n',
      '/etc/systemd/network/lan.network': '[Network]\nDHCP=yes\n',
      '/etc/resolv.conf': 'nameserver 10.0.0.2\n',
    },
    interfaces: { tun0: ['10.8.0.2/24'], eth0: ['fe80::4/64', '10.0.0.4/24', '2001:db8::4/64'] },
  });

function options(json = false, wish: Partial<AddressSettings> = {}) {
  const written: string[] = [];
  const write = (text: string | Buffer): void => {
    written.push(text.toString());
  };
  const output = { isTerminal: false, hasColours: false, width: 100, json, write };
  const guest = machine();
  const own = platform('linux', guest);
  const settings = injectionSettings({ dns: false }, own, '/nonexistent');
  return { platform: own, machine: guest, settings, report: { ...defaultReport, ...wish }, written, output };
}

async function plan(text: string): Promise<{ readonly status: number; readonly output: string }> {
  const file = join(temporaryFolder(), 'request.toml');
  writeFileSync(file, text);
  const given = options();
  const status = await ipPlan(file, given);
  return { status, output: given.written.join('') };
}

it('hvkvp ip show prints what each adapter has and who manages it', async () => {
  const given = options();
  await ipShow(given);
  expect(given.written.join('')).toBe(`eth0
  MAC        00:15:5d:01:02:0a
  GUID       ${guid}
  back end   networkd
  DHCP       yes
  addresses  10.0.0.4/24 2001:db8::4/64
  gateways
  DNS        10.0.0.2

reported to the host
  IPv4  10.0.0.4 (eth0) 10.8.0.2 (tun0)
  IPv6  2001:db8::4 (eth0) fe80::4 (eth0)
`);
});

it('hvkvp ip show prints the order in which the host is told addresses as the site wants it', async () => {
  const given = options(false, { interfaces: ['tun*'], families: ['ipv4'] });
  await ipShow(given);
  expect(given.written.join('')).toContain(`
reported to the host
  IPv4  10.8.0.2 (tun0) 10.0.0.4 (eth0)
  IPv6
`);
});

it('hvkvp ip show --json tells programs the same', async () => {
  const given = options(true);
  await ipShow(given);
  expect(JSON.parse(given.written.join(''))).toEqual({
    adapters: [
      {
        name: 'eth0',
        mac: '00:15:5d:01:02:0a',
        guid,
        back_end: 'networkd',
        connected: true,
        port_of: null,
        dhcp: true,
        addresses: ['10.0.0.4/24', '2001:db8::4/64'],
        gateways: [],
        dns_servers: ['10.0.0.2'],
      },
    ],
    reported: {
      ipv4: [
        { address: '10.0.0.4', interface: 'eth0' },
        { address: '10.8.0.2', interface: 'tun0' },
      ],
      ipv6: [
        { address: '2001:db8::4', interface: 'eth0' },
        { address: 'fe80::4', interface: 'eth0' },
      ],
    },
  });
});

describe('hvkvp ip plan', () => {
  it('prints what would be written and run', async () => {
    const { status, output } = await plan(`adapter = "{${guid}}"\naddresses = "10.0.0.5"\nsubnets = "24"\n`);
    expect(status).toBe(0);
    expect(output).toContain('eth0, by networkd: from DHCP 10.0.0.4/24 2001:db8::4/64 DNS 10.0.0.2 to 10.0.0.5/24\n');
    expect(output).toContain('+Address=10.0.0.5/24\n');
    expect(output).toContain('$ networkctl reload\n');
  });

  it.each([
    ['adapter = "{00000000-0000-0000-0000-000000000000}"\ndhcp = true', 'there is no adapter'],
    [`adapter = "${guid}"\naddresses = "10.0.0"\nsubnets = "24"`, "'10.0.0' is not a valid address"],
    [`adapter = "${guid}"\ndhcp = true\ndns_servers = "10.0.0.2"`, 'ip_injection.dns: name servers were asked for'],
  ])('ends with status 1 and the reason for what is refused: %j', async (text, reason) => {
    const { status, output } = await plan(text);
    expect(status).toBe(1);
    expect(output).toMatch(/^refused: /);
    expect(output).toContain(reason);
  });

  it.each(['adapter = ', 'adapter = 5', 'colour = "red"'])('is not made of a file such as %j', async (text) => {
    await expect(plan(text)).rejects.toThrow(UsageError);
  });

  it('is not made of a file that is not there', async () => {
    await expect(ipPlan('/nonexistent.toml', options())).rejects.toThrow('ENOENT');
  });
});
