import { describe, expect, it } from 'vitest';
import { freebsd } from '../../../../src/ip-information/backends/freebsd/freebsd.ts';
import type { Plan } from '../../../../src/ip-information/plan.ts';
import type { IpValue } from '../../../../src/message/ip-value.ts';
import { fakeMachine } from '../../platform/fake-machine.ts';
import { netstatIpv4, netstatNoRoutes } from '../../platform/freebsd/recorded.ts';
import { eth0, proposalOf } from '../support/proposals.ts';
import { filesOf } from '../support/plans.ts';

const addressed: Partial<IpValue> = { addresses: '10.0.0.9', subnets: '255.255.255.0', gateways: '10.0.0.254' };

interface Guest {
  readonly files: Readonly<Record<string, string>>;
  /** Of the adapter. */
  readonly held?: readonly string[];
  readonly adapter?: string;
}

async function planned({ files, held = [], adapter = 'hn0' }: Guest, request: Partial<IpValue>) {
  const commands = {
    'netstat -rn -f inet --libxo json': netstatIpv4,
    'netstat -rn -f inet6 --libxo json': netstatNoRoutes,
  };
  const machine = fakeMachine({ files, commands, interfaces: { [adapter]: held } });
  return await freebsd.plan(proposalOf(request, { ...eth0, name: adapter }), machine);
}

async function planOf(guest: Guest, request: Partial<IpValue>): Promise<Plan> {
  const plan = await planned(guest, request);
  if ('impossible' in plan) throw new Error(plan.impossible);
  return plan;
}

/** What becomes of /etc/rc.conf. */
async function edited(rcConf: string, request: Partial<IpValue>, adapter = 'hn0'): Promise<string | null | undefined> {
  return filesOf(await planOf({ files: { '/etc/rc.conf': rcConf }, adapter }, request))['/etc/rc.conf'];
}

const lines = ({ commands }: { readonly commands: Plan['commands'] }): readonly string[] =>
  commands.map(({ program, args }) => [program, ...args].join(' '));

describe('the variables of rc.conf(5)', () => {
  it.each([
    ['inet 10.0.0.4 netmask 255.255.255.0 mtu 9000 -tso', 'inet 10.0.0.9 netmask 255.255.255.0 mtu 9000 -tso'],
    ['inet 10.0.0.4/24 -lro vlanhwtag', 'inet 10.0.0.9 netmask 255.255.255.0 -lro vlanhwtag'],
    ['inet 10.0.0.4 netmask 0xffffff00 broadcast 10.0.0.255 up', 'inet 10.0.0.9 netmask 255.255.255.0 up'],
    ['10.0.0.4 netmask 255.255.255.0', '10.0.0.9/24'],
    ['SYNCDHCP mtu 1400', 'inet 10.0.0.9 netmask 255.255.255.0 mtu 1400'],
    ['up', 'inet 10.0.0.9 netmask 255.255.255.0 up'],
    ['WPA DHCP', 'WPA inet 10.0.0.9 netmask 255.255.255.0'],
  ])('keep the options of "%s"', async (former, next) => {
    expect(await edited(`ifconfig_hn0="${former}"\n`, addressed)).toContain(`ifconfig_hn0="${next}"\n`);
  });

  it('keep the ports of a lagg and of a bridge, and the address where it stands', async () => {
    const lagg = 'ifconfig_lagg0="laggproto failover laggport hn0 laggport hn1 10.0.0.4/24"\n';
    expect(await edited(lagg, addressed, 'lagg0')).toContain(
      'ifconfig_lagg0="laggproto failover laggport hn0 laggport hn1 10.0.0.9/24"\n',
    );
    expect(await edited('ifconfig_bridge0="addm hn0 up"\n', addressed, 'bridge0')).toContain(
      'ifconfig_bridge0="inet 10.0.0.9 netmask 255.255.255.0 addm hn0 up"\n',
    );
  });

  it('are changed in their places and quotes, and nothing else is: not another adapter’s, nor a VLAN’s', async () => {
    const rcConf = `# Gr\u00fc\u00dfe
ifconfig_hn0='DHCP'   # the office's
ifconfig_hn10="DHCP"
vlans_hn0="5"
ifconfig_hn0_5="inet 10.5.0.4/24"
jail_www_ip="hn0|10.0.0.20"
kld_list="a \\
ifconfig_hn0=b"
`;
    expect(await edited(rcConf, { ...addressed, addressFamily: 1 })).toBe(
      Buffer.from(
        rcConf.replace("'DHCP'", "'inet 10.0.0.9 netmask 255.255.255.0'") + 'defaultrouter="10.0.0.254"\n',
      ).toString('latin1'),
    );
  });

  it('of IPv6 stay where a request does not speak of it, and those of IPv4 the other way round', async () => {
    const rcConf =
      'ifconfig_hn0="DHCP"\nifconfig_hn0_ipv6="inet6 2001:db8::4/64"\nifconfig_hn0_alias0="inet6 2001:db8::5/64"\n';
    const ipv4 = await edited(rcConf, addressed);
    expect(ipv4).toContain('ifconfig_hn0_ipv6="inet6 2001:db8::4/64"\nifconfig_hn0_alias0="inet6 2001:db8::5/64"\n');
    const ipv6 = await edited(rcConf, { addressFamily: 2, addresses: '2001:db8::9', subnets: '64', dhcpEnabled: true });
    expect(ipv6).toBe('ifconfig_hn0="DHCP"\nifconfig_hn0_ipv6="inet6 2001:db8::9 prefixlen 64"\n');
  });

  it('that add addresses go with the family, and those that stay are numbered without a gap', async () => {
    const rcConf = `ifconfig_hn0="inet 10.0.0.4/24"
ifconfig_hn0_alias0="inet 10.0.0.5/32"
ifconfig_hn0_alias1="inet6 2001:db8::5 prefixlen 64"
ifconfig_hn0_alias2="inet vhid 1 pass x alias 10.0.0.7/32"
ifconfig_hn0_aliases="inet 10.0.0.10-12/32 inet6 2001:db8::6/64"
ipv4_addrs_hn0="10.0.1.4-5/24"
`;
    const two = { addresses: '10.0.0.9;10.0.0.8', subnets: '255.255.255.0;255.255.255.255', gateways: '' };
    expect(await edited(rcConf, two)).toBe(`ifconfig_hn0="inet 10.0.0.9 netmask 255.255.255.0"
ifconfig_hn0_alias0="inet6 2001:db8::5 prefixlen 64"
ifconfig_hn0_alias1="inet vhid 1 pass x alias 10.0.0.7/32"
ifconfig_hn0_alias2="inet 10.0.0.8 netmask 255.255.255.255"
ifconfig_hn0_aliases="inet6 2001:db8::6/64"
`);
  });

  it('are changed in the file that rc(8) reads last', async () => {
    const files = {
      '/etc/rc.conf': 'ifconfig_hn0="DHCP"\n',
      '/etc/rc.conf.local': 'defaultrouter="10.0.0.7"\n',
      '/etc/rc.conf.d/netif': 'ifconfig_hn0="inet 10.0.0.4/24"\n',
      '/usr/local/etc/rc.conf.d/routing/site': 'defaultrouter="10.0.0.8"\n',
    };
    expect(filesOf(await planOf({ files }, addressed))).toEqual({
      '/etc/rc.conf.d/netif': 'ifconfig_hn0="inet 10.0.0.9 netmask 255.255.255.0"\n',
      '/usr/local/etc/rc.conf.d/routing/site': 'defaultrouter="10.0.0.254"\n',
    });
  });

  it('are changed in rc.conf.local where that has the last word', async () => {
    const local = 'ifconfig_hn0="DHCP mtu 1400"\n';
    const files = { '/etc/rc.conf': 'ifconfig_hn0="DHCP"\n', '/etc/rc.conf.local': local };
    expect(filesOf(await planOf({ files }, { ...addressed, gateways: '' }))).toEqual({
      '/etc/rc.conf.local': 'ifconfig_hn0="inet 10.0.0.9 netmask 255.255.255.0 mtu 1400"\n',
    });
  });

  it('take the default’s options where the adapter has none of its own', async () => {
    expect(await edited('ifconfig_DEFAULT="SYNCDHCP mtu 1400"\n', addressed)).toContain(
      'ifconfig_DEFAULT="SYNCDHCP mtu 1400"\nifconfig_hn0="inet 10.0.0.9 netmask 255.255.255.0 mtu 1400"\n',
    );
  });

  it('are left alone where only a shell knows what they say', async () => {
    const files = { '/etc/rc.conf': 'ifconfig_hn0="$common mtu 1400"\n' };
    expect(await planned({ files }, addressed)).toEqual({
      impossible: 'ifconfig_hn0 is computed by a shell: it cannot be edited',
    });
  });

  it('of another adapter’s router stay where the request has none', async () => {
    const rcConf = 'ifconfig_hn1="inet 10.1.0.4/24"\ndefaultrouter="10.1.0.1"\n';
    expect(await edited(rcConf, { ...addressed, gateways: '' })).toContain('defaultrouter="10.1.0.1"\n');
    expect(await edited(rcConf.replace('10.1.0.1', '10.0.0.1'), { ...addressed, gateways: '' })).not.toContain(
      'router',
    );
  });
});

describe('what is done at once', () => {
  const office = 'ifconfig_hn0="inet 10.0.0.4/24"\ndefaultrouter="10.0.0.1"\n';

  it('never restarts netif, and asks for no router', async () => {
    const plan = await planOf({ files: { '/etc/rc.conf': office }, held: ['10.0.0.4/24'] }, addressed);
    expect(lines(plan)).toEqual([
      'route -n delete -inet default 10.0.0.1',
      'ifconfig hn0 inet 10.0.0.4 -alias',
      'ifconfig hn0 inet 10.0.0.9 netmask 255.255.255.0 alias',
      'route -n add -inet default 10.0.0.254',
    ]);
    expect(lines(plan.undo)).toEqual([
      'ifconfig hn0 inet 10.0.0.9 -alias',
      'ifconfig hn0 inet 10.0.0.4 netmask 255.255.255.0 alias',
      'route -n delete -inet default 10.0.0.254',
      'route -n add -inet default 10.0.0.1',
    ]);
  });

  it('leaves the addresses of jails and other programs on the adapter', async () => {
    const held = ['10.0.0.4/24', '10.0.0.20/32', '10.0.0.21/32'];
    const plan = await planOf({ files: { '/etc/rc.conf': office }, held }, addressed);
    expect(lines(plan).join('\n')).not.toMatch(/10\.0\.0\.2[01]/);
  });

  it('takes away what ranges and lists of the configuration name', async () => {
    const files = { '/etc/rc.conf': `${office}ipv4_addrs_hn0="10.0.1.4-5/24"\n` };
    const held = ['10.0.0.4/24', '10.0.1.4/24', '10.0.1.5/24'];
    expect(lines(await planOf({ files, held }, addressed))).toEqual(
      expect.arrayContaining(['ifconfig hn0 inet 10.0.1.4 -alias', 'ifconfig hn0 inet 10.0.1.5 -alias']),
    );
  });

  it('ends the DHCP client before it takes the lease’s address, and starts it again when undone', async () => {
    const files = {
      '/etc/rc.conf': 'ifconfig_hn0="DHCP"\n',
      '/var/db/dhclient.leases.hn0': 'lease {\n  interface "hn0";\n  fixed-address 10.0.0.4;\n}\n',
    };
    const plan = await planOf({ files, held: ['10.0.0.20/32', '10.0.0.4/24'] }, addressed);
    expect(lines(plan).slice(0, 3)).toEqual([
      'service dhclient onestop hn0',
      'route -n delete -inet default 10.0.0.1',
      'ifconfig hn0 inet 10.0.0.4 -alias',
    ]);
    expect(lines(plan.undo).at(-1)).toBe('dhclient -b hn0');
  });

  it('sets the static routes anew that go with an address', async () => {
    const files = {
      '/etc/rc.conf': `${office}static_routes="branch:hn0"\nroute_branch="-net 172.16.0.0/12 10.0.0.2"\n`,
    };
    const plan = await planOf({ files, held: ['10.0.0.4/24'] }, addressed);
    expect(lines(plan).at(-1)).toBe('route -n add -net 172.16.0.0/12 10.0.0.2');
    expect(lines(plan.undo).at(-1)).toBe('route -n add -net 172.16.0.0/12 10.0.0.2');
  });

  it('touches nothing of IPv6 for a request that speaks of IPv4, and switches IPv6 on where it has been off', async () => {
    const guest = { files: { '/etc/rc.conf': office }, held: ['10.0.0.4/24', 'fe80::1/64'] };
    expect(lines(await planOf(guest, addressed)).join('\n')).not.toContain('inet6');
    const ipv6 = { addressFamily: 2, addresses: '2001:db8::9', subnets: '64', gateways: 'fe80::1' };
    expect(lines(await planOf(guest, ipv6))).toEqual([
      'ifconfig hn0 inet6 -ifdisabled',
      'ifconfig hn0 inet6 2001:db8::9 prefixlen 64 alias',
      'route -n add -inet6 default fe80::1%hn0',
    ]);
  });

  it('leaves IPv6 to advertisements without waiting for one', async () => {
    const files = { '/etc/rc.conf': 'ifconfig_hn0_ipv6="inet6 2001:db8::4 prefixlen 64"\n' };
    const plan = await planOf({ files, held: ['2001:db8::4/64'] }, { addressFamily: 2, addresses: '', subnets: '' });
    expect(lines(plan)).toEqual([
      'ifconfig hn0 inet6 accept_rtadv',
      'ifconfig hn0 inet6 2001:db8::4 -alias',
      'rtsold -1 hn0',
    ]);
  });

  it('tells resolvconf(8), which forgets what the DHCP client said; where it is switched off resolv.conf is edited', async () => {
    const servers = { ...addressed, dnsServers: '10.0.0.53' };
    const files = { '/etc/rc.conf': 'ifconfig_hn0="DHCP"\n', '/sbin/resolvconf': '' };
    const plan = await planOf({ files, held: [] }, servers);
    expect(lines(plan).slice(-2)).toEqual(['resolvconf -d hn0', 'resolvconf -u']);
    expect(filesOf(plan)['/etc/resolvconf.conf']).toBe('name_servers="10.0.0.53"\n');
    const none = await planOf({ files, held: [] }, addressed);
    expect(lines(none).join('\n')).not.toContain('resolvconf');
    const off = { ...files, '/etc/resolvconf.conf': 'resolvconf=NO\n', '/etc/resolv.conf': 'search example.org\n' };
    expect(filesOf(await planOf({ files: off }, servers))).toMatchObject({
      '/etc/resolv.conf': 'search example.org\nnameserver 10.0.0.53\n',
    });
  });
});
