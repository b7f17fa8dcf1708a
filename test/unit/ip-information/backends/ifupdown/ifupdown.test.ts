import { describe, expect, it } from 'vitest';
import { ifupdown } from '../../../../../src/ip-information/backends/ifupdown/ifupdown.ts';
import { AddressFamily } from '../../../../../src/message/ip-value.ts';
import { fakeMachine } from '../../../platform/fake-machine.ts';
import { changes } from '../../support/plans.ts';
import { eth0, proposalOf } from '../../support/proposals.ts';

const main = '/etc/network/interfaces';
const request = { addressFamily: AddressFamily.ipv4, gateways: '10.0.0.1' };
const debians = { 'ifup --version': 'ifup version 0.8.41\n' };

async function planned(
  files: Readonly<Record<string, string>>,
  { up = 'eth0=eth0', differences = {}, commands = debians, adapter = eth0 } = {},
) {
  const machine = fakeMachine({ files: { '/run/network/ifstate': `lo=lo\n${up}\n`, ...files }, commands });
  return await ifupdown.plan(proposalOf({ ...request, ...differences }, adapter), machine);
}

async function changed(text: string, options: Parameters<typeof planned>[1] = {}) {
  const plan = await planned({ [main]: text }, options);
  if ('impossible' in plan) throw new Error(plan.impossible);
  return changes(text, plan.files[0]?.text ?? text);
}

async function commandsOf(files: Readonly<Record<string, string>>, up: string) {
  const plan = await planned(files, { up });
  if ('impossible' in plan) throw new Error(plan.impossible);
  const lines = (commands: readonly { program: string; args: readonly string[] }[]) =>
    commands.map(({ program, args }) => [program, ...args].join(' '));
  return {
    before: lines(plan.before),
    after: lines(plan.commands),
    undo: [...lines(plan.undo.before), ...lines(plan.undo.commands)],
  };
}

const fixed = 'auto eth0\niface eth0 inet static\n    address 192.168.1.4/24\n    gateway 192.168.1.1\n';

describe('the stanza of an adapter', () => {
  it('keeps all that is not an address, to the byte (rule 3)', async () => {
    const text = `# B\xfcro
${fixed}\tmtu 1400
    metric 50 # no comment
    pre-up /usr/local/sbin/firewall
    up ip address add 192.168.1.5/24 dev $IFACE
    post-up ip route add 172.16.0.0/12 \\
        via 192.168.1.2
    dns-search corp.example.com
    dns-nameservers 192.168.1.53
iface eth0 inet6 static
    address 2001:db8::4/64
`;
    expect(await changed(text)).toEqual({
      gone: ['    address 192.168.1.4/24', '    gateway 192.168.1.1'],
      come: ['    address 10.0.0.4/24', '    gateway 10.0.0.1'],
    });
  });

  it('keeps its MTU with DHCP, whose method heeds none, by a hook that goes with DHCP (rule 3)', async () => {
    const text = fixed.replace('    gateway', '    mtu 1400\n    gateway');
    const dhcp = { dhcpEnabled: true, addresses: '', subnets: '', gateways: '' };
    const hook = '    pre-up ip link set dev $IFACE mtu $IF_MTU';
    expect((await changed(text, { differences: dhcp })).come).toEqual(['iface eth0 inet dhcp', hook]);
    const made = `auto eth0\niface eth0 inet dhcp\n${hook}\n    mtu 1400\n`;
    expect((await changed(made, { differences: dhcp })).come).toEqual([]);
    expect((await changed(made)).gone).toEqual(['iface eth0 inet dhcp', hook]);
  });

  it('loses broadcast, network and a far end with its address (rule 2)', async () => {
    const text = `auto eth0
iface eth0 inet static
  address 192.168.1.4
  netmask 255.255.0.0
  network 192.168.0.0
  broadcast 192.168.255.255
  pointopoint 192.168.1.9
`;
    expect(await changed(text)).toEqual({
      gone: [
        '  address 192.168.1.4',
        '  netmask 255.255.0.0',
        '  network 192.168.0.0',
        '  broadcast 192.168.255.255',
        '  pointopoint 192.168.1.9',
      ],
      come: ['  address 10.0.0.4', '  gateway 10.0.0.1', '  netmask 255.255.255.0'],
    });
  });

  it('becomes manual where it is one too many, and keeps its hooks (rules 2 and 3)', async () => {
    const text = `${fixed}\niface eth0 inet static\n    address 192.168.1.5/24\n    up touch /run/a\n\niface eth0:1 inet static\n    address 192.168.1.6/24\n`;
    const { gone, come } = await changed(text);
    expect(gone).toEqual(
      expect.arrayContaining(['iface eth0:1 inet static', '    address 192.168.1.5/24', '    address 192.168.1.6/24']),
    );
    expect(come).toEqual(expect.arrayContaining(['iface eth0 inet manual', 'iface eth0:1 inet manual']));
    expect(gone).not.toContain('    up touch /run/a');
  });

  it('is left alone where it is an alias of the other family (rule 1)', async () => {
    const { gone } = await changed(`${fixed}\niface eth0:0 inet6 static\n    address 2001:db8::5/64\n`);
    expect(gone.join()).not.toMatch(/eth0:0|2001/);
  });

  it('has only its static IPv6 addresses taken away, never advertisements (rule 1)', async () => {
    const text = `${fixed}\niface eth0 inet6 static\n    address 2001:db8::4/64\n    autoconf 1\n    gateway 2001:db8::1\n`;
    const differences = { addressFamily: AddressFamily.ipv6, addresses: '', subnets: '', gateways: '' };
    expect(await changed(text, { differences })).toEqual({
      gone: ['iface eth0 inet6 static', '    address 2001:db8::4/64', '    gateway 2001:db8::1'],
      come: ['iface eth0 inet6 auto'],
    });
    expect(await changed(`${fixed}\niface eth0 inet6 auto\n`, { differences })).toEqual({ gone: [], come: [] });
  });

  it('has name servers with DHCP, too (rule 9), and keeps them where the request has none (rule 2)', async () => {
    const differences = { dhcpEnabled: true, addresses: '', subnets: '', gateways: '', dnsServers: '10.0.0.2' };
    const text = 'auto eth0\niface eth0 inet dhcp\n    dns-nameservers 192.168.1.53\n';
    expect(await changed(text, { differences })).toEqual({
      gone: ['    dns-nameservers 192.168.1.53'],
      come: ['    dns-nameservers 10.0.0.2'],
    });
    expect(await changed(text, { differences: { ...differences, dnsServers: '' } })).toEqual({ gone: [], come: [] });
  });

  it('is cut off from what it extends if that would add to its options, and has the rest of them (rule 3)', async () => {
    const base = 'iface base inet static\n    mtu 1400\n    gateway 192.168.1.1\n';
    const plan = await planned({
      [main]: `${base}auto eth0\niface eth0 inet static inherits base\n    address 192.168.1.4/24\n`,
    });
    expect('files' in plan && plan.files[0]?.text).toBe(
      `${base}auto eth0\niface eth0 inet static\n    address 10.0.0.4/24\n    mtu 1400\n    gateway 10.0.0.1\n`,
    );
  });

  it('is refused where it is of a kind that has no addresses', async () => {
    expect(await planned({ [main]: 'auto eth0\niface eth0 inet ppp\n' })).toEqual({
      impossible: 'its stanza has the method ppp',
    });
  });
});

describe('only the adapter named is changed (rule 5)', () => {
  it('where a pattern brings up several: its stanzas are copied, with their options', async () => {
    const lan = 'iface lan inet dhcp\n    metric 5\n';
    const plan = await planned({ [main]: `auto /eth*=lan\n${lan}` }, { up: 'eth0=lan\neth1=lan' });
    const own = 'iface eth0 inet static\n    address 10.0.0.4\n    netmask 255.255.255.0\n    gateway 10.0.0.1\n';
    expect('files' in plan && plan.files[0]?.text).toBe(`auto eth0 /eth*=lan\n${lan}\n${own}    metric 5\n`);
  });

  it('where another stanza extends its own', async () => {
    const { gone, come } = await changed(`${fixed}iface eth1 inet static inherits eth0\n    address 192.168.1.7/24\n`);
    expect(gone).toEqual([]);
    expect(come).toEqual(
      expect.arrayContaining([
        'mapping eth0',
        '    script grep',
        '    map eth0-hyperv-kvp',
        'iface eth0-hyperv-kvp inet static',
      ]),
    );
  });

  it('or the request is refused, where a mapping of the site gives one stanza to several', async () => {
    const text = 'mapping eth*\n    script /usr/local/sbin/where\n    map work\nauto eth0 eth1\niface work inet dhcp\n';
    const plan = await planned({ [main]: text }, { up: 'eth0=work\neth1=work' });
    expect(plan).toHaveProperty('impossible');
  });
});

describe('what holds after a reboot (rule 12)', () => {
  it.each(['/run/network/interfaces.d/eth0', '/etc/network/interfaces.d/50-cloud-init'])(
    'does not hang on %s, which is made again',
    async (path) => {
      const files = { [main]: `source-directory ${path.replace(/\/[^/]*$/, '')}\n`, [path]: fixed };
      const plan = await planned(files);
      if ('impossible' in plan) throw new Error(plan.impossible);
      expect(plan.files.map((file) => file.path)).toEqual([main]);
      expect(plan.files[0]?.text).toContain('mapping eth0\n    script grep\n    map eth0-hyperv-kvp\n\nauto eth0\n');
    },
  );

  it('names an adapter that nobody has by its MAC address (rule 11), where ifup knows that', async () => {
    const text = 'auto lo\niface lo inet loopback\n';
    const { come } = await changed(text, { up: '' });
    expect(come).toContain('auto mac/00:15:5d:01:02:0a=hyperv-kvp-00155d01020a');
    const busybox = await changed(text, { up: '', commands: { 'ifup --version': '' } });
    expect(busybox.come).toEqual(
      expect.arrayContaining(['auto eth0', 'iface eth0 inet static', '    netmask 255.255.255.0']),
    );
  });
});

describe('the commands', () => {
  it('take down and bring up what is up, with its names, and force nothing but the undoing', async () => {
    const text =
      'auto eth0=office\niface office inet static\n    address 192.168.1.4/24\niface vlan7 inet manual\n    vlan-raw-device eth0\n';
    expect(
      await commandsOf({ [main]: text }, 'eth0=office\neth0:1=eth0:1\neth0.5=eth0.5\nvlan7=vlan7\neth01=eth01'),
    ).toEqual({
      before: ['ifdown vlan7', 'ifdown eth0.5', 'ifdown eth0:1', 'ifdown eth0'],
      after: ['ifup eth0=office', 'ifup eth0:1', 'ifup eth0.5', 'ifup vlan7'],
      undo: [
        ...['ifdown vlan7', 'ifdown eth0.5', 'ifdown eth0:1', 'ifdown -f eth0=office'],
        ...['ifup eth0=office', 'ifup eth0:1', 'ifup eth0.5', 'ifup vlan7'],
      ],
    });
  });

  it('name the adapter as it is up, if that is an alternative name of it (rule 6)', async () => {
    const text = fixed.replaceAll('eth0', 'enp0s3');
    const other = '9: eth9: <UP> mtu 1500\\    altname enp0s9\n';
    const own = '2: eth0: <UP> mtu 1500\\    altname enp0s3\n';
    const commands = {
      ...debians,
      'ip -oneline link show dev enp0s9': other,
      'ip -oneline link show dev enp0s3': own,
    };
    const machine = fakeMachine({
      files: { [main]: text, '/run/network/ifstate': 'lo=lo\nenp0s9=enp0s9\nenp0s3=enp0s3\n', '/sbin/ifup': '' },
      commands,
    });
    expect(await ifupdown.manages(machine, eth0)).toBe(true);
    expect(await ifupdown.manages(machine, { ...eth0, name: 'eth1' })).toBe(false);
    expect(await ifupdown.plan(proposalOf(request), machine)).toMatchObject({
      before: [{ program: 'ifdown', args: ['enp0s3'] }],
      files: [{ text: text.replace('192.168.1.4/24', '10.0.0.4/24').replace('192.168.1.1', '10.0.0.1') }],
    });
  });

  it('bring up nothing again that was not up', async () => {
    expect(await commandsOf({ [main]: fixed }, '')).toEqual({
      before: [],
      after: ['ifup eth0'],
      undo: ['ifdown -f eth0'],
    });
  });

  it('are not run for a bridge with a port that no stanza names (rule 3)', async () => {
    const bridge = 'auto br0\niface br0 inet static\n    address 192.168.1.4/24\n    bridge_ports eth0\n';
    const ports = { '/sys/class/net/br0/brif/eth0/state': '', '/sys/class/net/br0/brif/vnet0/state': '' };
    const adapter = { ...eth0, name: 'br0' };
    const plan = await planned({ [main]: bridge, ...ports }, { up: 'br0=br0', adapter });
    expect(plan).toEqual({ impossible: 'br0 would lose its port vnet0, which no stanza names' });
  });
});
