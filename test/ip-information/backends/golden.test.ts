import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backEndsOf } from '../../../src/ip-information/backends/all.ts';
import { describePlan } from '../../../src/ip-information/describe-plan.ts';
import type { BackEndName } from '../../../src/ip-information/plan.ts';
import type { Machine } from '../../../src/platform/machine.ts';
import { fakeMachine } from '../../platform/fake-machine.ts';
import { netstatIpv4, netstatIpv6 } from '../../platform/freebsd/recorded.ts';
import { eth0, proposalOf, requests } from '../support/proposals.ts';

const scriptSettings = { script: '/usr/libexec/hypervkvpd/hv_set_ifconfig', scriptArguments: 'both' } as const;

/** What each system was installed with; the adapter is the first of two. */
const machines: Readonly<Record<BackEndName, () => Machine>> = {
  'network-manager': () =>
    fakeMachine({
      files: {
        '/sys/class/net/eth0/ifindex': '2\n',
        '/run/NetworkManager/devices/2':
          '[device]\nmanaged=true\nconnection-uuid=0cba1d6b-6a2d-4fc4-9a5e-60d3b0a4a1f5\n',
      },
    }),
  networkd: () => fakeMachine({}),
  netplan: () =>
    fakeMachine({
      files: {
        '/etc/netplan/50-cloud-init.yaml': `# This file is generated from information provided by the datasource.
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
      files: {
        '/etc/network/interfaces': `# The loopback network interface
auto lo
iface lo inet loopback

auto eth0
iface eth0 inet static
    # grüße
    address 192.168.1.4/24
    gateway 192.168.1.1

auto eth10
iface eth10 inet dhcp
`,
        '/etc/network/interfaces.d/eth0': 'iface eth0 inet6 auto\n    dad-attempts 0\n',
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
