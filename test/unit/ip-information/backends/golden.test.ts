import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backEndsOf } from '../../../../src/ip-information/backends/all.ts';
import { describePlan } from '../../../../src/ip-information/describe-plan.ts';
import type { BackEndName } from '../../../../src/ip-information/plan.ts';
import type { Machine } from '../../../../src/platform/machine.ts';
import { fakeMachine } from '../../platform/fake-machine.ts';
import { netstatIpv4, netstatIpv6 } from '../../platform/freebsd/recorded.ts';
import { networkManagerMachine, office } from '../support/network-manager-machine.ts';
import { networkdHas } from '../support/plans.ts';
import { eth0, proposalOf, requests } from '../support/proposals.ts';

const scriptSettings = { script: '/usr/libexec/hypervkvpd/hv_set_ifconfig', scriptArguments: 'both' } as const;

/** What each system was installed with; the adapter is the first of two. */
const machines: Readonly<Record<BackEndName, () => Machine>> = {
  'network-manager': () =>
    networkManagerMachine({ '/etc/NetworkManager/system-connections/office.nmconnection': office }),
  networkd: () =>
    fakeMachine({
      files: {
        ...networkdHas('/etc/systemd/network/20-lan.network'),
        '/etc/systemd/network/20-lan.network': `# The guest's only adapter
[Match]
Name=eth0

[Link]
MTUBytes=1400

[Network]
DHCP=yes
Domains=corp.example.com
VLAN=vlan10
DNS=192.168.1.1 192.168.1.2

[DHCPv4]
UseDNS=no

# to the branch
[Route]
Destination=172.16.0.0/12
Gateway=192.168.1.2

[Route]
Gateway=192.168.1.1
Table=100
`,
        '/etc/systemd/network/20-lan.network.d/address.conf': `[Address]
Address=192.168.1.4/24
RouteMetric=50
Label=eth0:1

[Route]
Gateway=192.168.1.1
Metric=300
`,
      },
    }),
  dhcpcd: () =>
    fakeMachine({
      files: {
        '/run/dhcpcd/pid': '7\n',
        '/proc/7/comm': 'dhcpcd\n',
        '/etc/dhcpcd.conf': `# the site
persistent
option interface_mtu

interface eth0
    metric 50
    static ip_address=192.168.1.4/24
    static routers=192.168.1.1
    static domain_name_servers=192.168.1.53
    static domain_search=corp.example

interface eth1
static ip_address=192.168.2.4/24
`,
      },
    }),
  netplan: () =>
    fakeMachine({
      files: {
        ...networkdHas('/run/systemd/network/10-netplan-primary.network'),
        '/etc/netplan/50-site.yaml': `# The guest's adapters
network:
  version: 2
  ethernets:
    primary:
      match: { macaddress: "00:15:5D:01:02:0A" }
      set-name: eth0
      dhcp4: true # as the installer chose
      mtu: 1400
      addresses: [192.168.1.4/24]
      nameservers:
        addresses: [192.168.1.1]
        search: [example.org]
      routes:
        - { to: default, via: 192.168.1.1 }
        - { to: 172.16.0.0/12, via: 192.168.1.2 }
    eth1:
      dhcp4: true
`,
        '/etc/netplan/60-other.yaml': 'network: { ethernets: { eth10: { dhcp4: true } } }\n',
      },
    }),
  ifupdown: () =>
    fakeMachine({
      commands: { 'ifup --version': 'ifup version 0.8.41\n' },
      files: {
        '/etc/network/interfaces': `# The loopback network interface
auto lo
iface lo inet loopback

auto eth0
iface eth0 inet static
    # grüße
    address 192.168.1.4/24
    gateway 192.168.1.1
    mtu 1400
    post-up ip route add 10.20.0.0/16 via 192.168.1.2

auto eth10
iface eth10 inet dhcp
`,
        '/run/network/ifstate': 'lo=lo\neth0=eth0\neth10=eth10\n',
      },
    }),
  ifcfg: () =>
    fakeMachine({
      files: {
        '/etc/sysconfig/network-scripts/ifcfg-eth0': `# Created by the installer
NAME="eth0"
HWADDR=00:15:5d:01:02:0a
BOOTPROTO=dhcp
ONBOOT=yes
MTU=1400
DNS1=192.168.1.1
IPADDR1=192.168.1.4
`,
      },
    }),
  wicked: () =>
    fakeMachine({
      files: {
        '/etc/sysconfig/network/ifcfg-eth0': `# front
BOOTPROTO='dhcp'
STARTMODE='auto'
MTU='1400'
ZONE=internal
IPADDR='192.168.1.4/24'
LABEL_7='old'
IPADDR_7='192.168.7.4'
PREFIXLEN_7='24'
`,
        '/etc/sysconfig/network/ifroute-eth0': `172.16.0.0/12 192.168.1.2 - eth0
default 192.168.1.9 - eth0 table 100
`,
        '/etc/sysconfig/network/routes': `# all
default 192.168.1.1 - -
default 192.168.9.1 - eth1
`,
        '/etc/sysconfig/network/config': `NETCONFIG_DNS_STATIC_SEARCHLIST="example.org"
NETCONFIG_DNS_STATIC_SERVERS="192.168.1.53"
`,
      },
    }),
  freebsd: () =>
    fakeMachine({
      files: {
        '/etc/rc.conf': `hostname="guest"
ifconfig_hn0="inet 10.0.0.9 netmask 255.255.255.0"
ifconfig_hn0_alias0="inet 10.0.7.9 netmask 255.255.255.0"
ifconfig_hn10="DHCP"
ifconfig_hn10_alias0="inet 10.0.8.9 netmask 255.255.255.0"
defaultrouter="10.0.0.1"
`,
        '/sbin/resolvconf': '',
      },
      commands: {
        'netstat -rn -f inet --libxo json': netstatIpv4,
        'netstat -rn -f inet6 --libxo json': netstatIpv6,
      },
    }),
  script: () => fakeMachine({}),
};

function backEnd(name: BackEndName) {
  const system = name === 'freebsd' ? 'freebsd' : 'linux';
  const found = backEndsOf(system, scriptSettings).find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no back end ${name}`);
  return found;
}

// The keys of an object that is written out above are known.
const names = Object.keys(machines) as readonly BackEndName[];

describe.each(names)('the back end %s', (name) => {
  it.each(Object.entries(requests))(
    'writes and runs for %s what its golden file says',
    async (requestName, request) => {
      const machine = machines[name]();
      const adapter = name === 'freebsd' ? { ...eth0, name: 'hn0' } : eth0;
      const plan = await backEnd(name).plan(proposalOf(request, adapter), machine);
      const text = 'impossible' in plan ? `impossible: ${plan.impossible}` : describePlan(plan, machine);
      const file = join(import.meta.dirname, 'golden', name, `${requestName}.txt`);
      await expect(`${text}\n`).toMatchFileSnapshot(file);
    },
  );
});
