import { existsBelow } from '../../platform/machine.ts';
import { readInterfaceIndex } from '../../platform/network-managers/interface-index.ts';
import { readSections } from '../../platform/sections.ts';
import { cidr, ofFamily } from '../family.ts';
import { type BackEnd, type Command, fileModes } from '../plan.ts';
import type { Gateway, Proposal } from '../propose.ts';

const linkFolder = '/run/systemd/netif/links';

/** systemd-networkd: a file of ours that goes before the others. */
export const networkd: BackEnd = {
  name: 'networkd',
  manages: (machine, { name }) =>
    readSections(machine, `${linkFolder}/${readInterfaceIndex(machine, name)}`)?.get('NETWORK_FILE') !== undefined,
  isRunning: (machine) => existsBelow(machine, linkFolder),
  plan(proposal) {
    const { name } = proposal.adapter;
    const commands: readonly Command[] = [
      { program: 'networkctl', args: ['reload'] },
      { program: 'networkctl', args: ['reconfigure', name] },
    ];
    const path = `/etc/systemd/network/05-hyperv-kvp-${name}.network`;
    return {
      before: [],
      files: [{ path, text: networkFile(proposal), mode: fileModes.public }],
      commands,
      undo: { before: [], commands },
    };
  },
};

/** systemd.network(5). */
function networkFile(proposal: Proposal): string {
  const { adapter, dhcp, addresses, gateways, dnsServers } = proposal;
  const isIpv6Static = ofFamily('ipv6', addresses).length > 0;
  return [
    '# Written by hyperv-kvp for the Hyper-V host.',
    '[Match]',
    `Name=${adapter.name}`,
    '',
    '[Network]',
    `DHCP=${dhcp ? 'ipv4' : 'no'}`,
    `IPv6AcceptRA=${isIpv6Static ? 'no' : 'yes'}`,
    ...addresses.map((address) => `Address=${cidr(address)}`),
    ...dnsServers.map(({ address }) => `DNS=${address}`),
    ...gateways.flatMap((gateway, index) => routeSection(gateway, index)),
    '',
  ].join('\n');
}

/** Metrics in the order of the request: the first is to be preferred, and equal routes would replace one another. */
function routeSection({ address, onLink }: Gateway, index: number): readonly string[] {
  return [
    '',
    '[Route]',
    `Gateway=${address}`,
    ...(onLink ? ['GatewayOnLink=yes'] : []),
    `Metric=${(index + 1) * metricStep}`,
  ];
}

const metricStep = 100;
