import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { assigned } from '../../../../src/ip-information/backends/assignments.ts';
import { dhcpcdText } from '../../../../src/ip-information/backends/dhcpcd/edit.ts';
import { configuredOf } from '../../../../src/ip-information/backends/freebsd/interface-variables.ts';
import { editRcFiles } from '../../../../src/ip-information/backends/freebsd/rc-edit.ts';
import { hasNetplanFiles, readNetplanFiles } from '../../../../src/ip-information/backends/netplan/files.ts';
import { blockText } from '../../../../src/ip-information/backends/netplan/yaml-text.ts';
import { mapAt } from '../../../../src/ip-information/backends/netplan/yaml-tree.ts';
import { withIpSettings } from '../../../../src/ip-information/backends/network-manager/ip-settings.ts';
import { Draft } from '../../../../src/ip-information/backends/networkd/draft.ts';
import { edit } from '../../../../src/ip-information/backends/networkd/edit.ts';
import { withDefaultRoutes } from '../../../../src/ip-information/backends/wicked/routes.ts';
import { resolverFile } from '../../../../src/ip-information/resolver/resolver-file.ts';
import { parseAssignments } from '../../../../src/platform/assignments.ts';
import { nameInHostsFile } from '../../../../src/platform/hosts-file.ts';
import { type Machine, readText } from '../../../../src/platform/machine.ts';
import { dhcpcdLines, dhcpcdUsesDhcp } from '../../../../src/platform/network-managers/dhcpcd/configuration.ts';
import { lastLeasedAddress } from '../../../../src/platform/network-managers/dhclient.ts';
import { ifupdownUsesDhcp } from '../../../../src/platform/network-managers/ifupdown/uses-dhcp.ts';
import { logicalNameOf } from '../../../../src/platform/network-managers/ifupdown/logical-name.ts';
import { readInterfaces } from '../../../../src/platform/network-managers/ifupdown/interfaces.ts';
import { networkdNameServers } from '../../../../src/platform/network-managers/networkd.ts';
import { isFreeForNetworkd } from '../../../../src/platform/network-managers/networkd-unmanaged.ts';
import { parseUnit } from '../../../../src/platform/network-managers/unit-text.ts';
import { valuesIn } from '../../../../src/platform/network-managers/rc-conf.ts';
import { findResolver, writesItself } from '../../../../src/platform/network-managers/resolver.ts';
import { readResolverConfiguration } from '../../../../src/platform/resolver-configuration.ts';
import { parseSections } from '../../../../src/platform/sections.ts';
import { eth0, proposalOf } from '../../../unit/ip-information/support/proposals.ts';
import { fakeMachine } from '../../../unit/platform/fake-machine.ts';

const proposal = proposalOf({ gateways: '10.0.0.1', dnsServers: '10.0.0.2' });

/** What reads or edits a file of others; whatever it says, a reader comes back with what it could read, and throws nothing. */
export interface Reader {
  readonly read: (text: string) => unknown;
  /** What such a file begins with, so that what comes next is read as part of it. */
  readonly heads?: readonly string[];
}

/** Hands a text over as a file of one machine. */
function at(path: string, read: (machine: Machine) => unknown, more: Readonly<Record<string, string>> = {}) {
  let machine: Machine | undefined;
  return (text: string): unknown => {
    if (machine === undefined) {
      machine = fakeMachine({ files: { ...more, [path]: '' } });
      onTestFinished(() => {
        machine = undefined;
      });
    }
    writeFileSync(join(machine.root, path), text);
    return read(machine);
  };
}

const networkd = {
  '/sys/class/net/eth0/ifindex': '2\n',
  '/run/systemd/netif/links/2': 'ADMIN_STATE=unmanaged\n',
  '/proc/7/comm': 'systemd-networkd\n',
};
const ifupdown = { '/run/network/ifstate': 'eth0=eth0\n' };
const dhcpcd = { '/run/dhcpcd/pid': '7\n', '/proc/7/comm': 'dhcpcd\n' };

const readOwnSettings = at('/etc/NetworkManager/NetworkManager.conf', writesItself);
const readDhcpcd = at('/etc/dhcpcd.conf', (machine) => dhcpcdUsesDhcp(machine, 'eth0'), dhcpcd);

export const readers: Readonly<Record<string, Reader>> = {
  'netplan: YAML': {
    read: at('/etc/netplan/50.yaml', async (machine) => {
      expect(hasNetplanFiles(machine)).toBeTypeOf('boolean');
      const [file] = (await readNetplanFiles(machine)).files;
      if (file === undefined) return;
      blockText(mapAt(file.tree));
      const network = { ...mapAt(file.tree, 'network'), version: '3' };
      file.patched({ ...mapAt(file.tree), network });
    }),
    heads: ['network: ', 'network:\n  version: 2\n  ethernets:\n    eth0:\n      addresses: ', 'a: &a [1]\n'],
  },
  'ifupdown: interfaces(5)': {
    read: at(
      '/etc/network/interfaces',
      (machine) => {
        ifupdownUsesDhcp(machine, 'eth0');
        logicalNameOf(eth0, readInterfaces(machine));
      },
      ifupdown,
    ),
    heads: ['iface eth0 inet static\n', 'auto ', 'source ', 'mapping ', 'iface eth0 inherits '],
  },
  'networkd: .network': {
    read: at(
      '/etc/systemd/network/10.network',
      (machine) => {
        isFreeForNetworkd(machine, eth0);
        const path = '/etc/systemd/network/10.network';
        const unit = parseUnit(readText(machine, path) ?? '');
        const draft = new Draft({ main: { path, unit }, dropIns: [] });
        edit(draft, proposal);
        expect(draft.files).toHaveLength(1);
      },
      networkd,
    ),
    heads: ['[Match]\nName=', '[Network]\nAddress='],
  },
  'networkd: state of a link': {
    read: at('/run/systemd/netif/links/2', (machine) => networkdNameServers(machine, 'eth0'), networkd),
    heads: ['DNS='],
  },
  'NetworkManager: keyfile': {
    read: (text) => withIpSettings(text, proposal),
    heads: ['[ipv4]\n', '[ipv4]\nmethod='],
  },
  'NetworkManager: its own settings': {
    read: (text) => {
      parseSections(text);
      readOwnSettings(text);
    },
    heads: ['[main]\ndns='],
  },
  'ifcfg, os-release': {
    read: (text) => {
      parseAssignments(text);
      assigned(text, new Map([['IPADDR', '10.0.0.4'], ['DNS1', undefined]])); // biome-ignore format: one line
    },
    heads: ['IPADDR=', 'IPADDR="', "IPADDR='"],
  },
  'rc.conf': {
    read: (text) => {
      const files = [{ path: '/etc/rc.conf', text }];
      configuredOf('hn0', valuesIn(files));
      editRcFiles(files, new Map([['ifconfig_hn0', 'DHCP'], ['a', undefined]])); // biome-ignore format: one line
    },
    heads: ['ifconfig_hn0="', "ifconfig_hn0_aliases='", 'ipv4_addrs_hn0="'],
  },
  'leases of dhclient': {
    read: (text) => lastLeasedAddress(text, 'eth0'),
    heads: ['lease {\n', 'lease {\n interface "eth0";\n fixed-address '],
  },
  'resolv.conf': {
    read: at('/etc/resolv.conf', (machine) => {
      findResolver(machine);
      readResolverConfiguration(machine, '/etc/resolv.conf');
      resolverFile(proposal.dnsServers, machine);
    }),
    heads: ['nameserver ', '# '],
  },
  hosts: {
    read: at('/etc/hosts', (machine) => nameInHostsFile(machine, 'guest')),
    heads: ['127.0.0.1 '],
  },
  'dhcpcd.conf': {
    read: (text) => {
      dhcpcdLines(text);
      dhcpcdText(text, proposal);
      readDhcpcd(text);
    },
    heads: ['interface eth0\n', 'allowinterfaces '],
  },
  'wicked: routes': {
    read: (text) => withDefaultRoutes(text, proposal, () => true),
    heads: ['default '],
  },
};
