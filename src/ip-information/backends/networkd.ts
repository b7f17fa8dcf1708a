import type { Adapter } from '../../platform/adapter.ts';
import type { Machine } from '../../platform/machine.ts';
import { readInterfaceIndex } from '../../platform/network-managers/interface-index.ts';
import { isRunning } from '../../platform/processes.ts';
import { readSections, type Sections } from '../../platform/sections.ts';
import { cidr, ofFamily } from '../family.ts';
import { type BackEnd, type Command, fileModes } from '../plan.ts';
import type { Gateway, Proposal } from '../propose.ts';

const linkFolder = '/run/systemd/netif/links';

/** systemd-networkd: a file of ours that goes before the others. */
export const networkd: BackEnd = {
  name: 'networkd',
  manages: hasLink,
  isReady: (machine, adapter) => isRunning(machine, 'systemd-networkd') && hasLink(machine, adapter),
  isBusy: isConfiguring,
  plan(proposal) {
    const { name } = proposal.adapter;
    // Reconfigures the adapters whose file has changed. To ask for that once more takes their addresses away again, and
    // systemd-networkd has been seen to leave an adapter without its lease then.
    const commands: readonly Command[] = [{ program: 'networkctl', args: ['reload'] }];
    const path = `/etc/systemd/network/05-hyperv-kvp-${name}.network`;
    return {
      before: [],
      files: [{ path, text: networkFile(proposal), mode: fileModes.public }],
      commands,
      undo: { before: [], commands },
    };
  },
};

/** Whether systemd-networkd has an adapter, or had it until it was stopped: the file stays. */
export function hasLink(machine: Machine, { name }: Adapter): boolean {
  return linkState(machine, name)?.get('NETWORK_FILE') !== undefined;
}

/** Whether systemd-networkd is still at work on an adapter: between the former addresses and the next there are none. */
export function isConfiguring(machine: Machine, { name }: Adapter): boolean {
  return ['pending', 'initialized', 'configuring'].includes(linkState(machine, name)?.get('ADMIN_STATE') ?? '');
}

function linkState(machine: Machine, adapter: string): Sections | undefined {
  return readSections(machine, `${linkFolder}/${readInterfaceIndex(machine, adapter)}`);
}

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
