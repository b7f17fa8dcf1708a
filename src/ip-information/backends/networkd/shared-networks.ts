import { isLinkLocal, readAddresses } from '../../../platform/addresses.ts';
import type { Machine } from '../../../platform/machine.ts';
import { isWithin } from '../../parse.ts';
import type { Proposal } from '../../propose.ts';

/**
 * A proposal whose IPv6 gateways in networks of other adapters are said to be on the link. At a start, systemd-networkd 257 may
 * miss the second of two adapters' routes to one network, and then waits for ever until such a gateway can be reached.
 */
export function withSharedNetworks(proposal: Proposal, machine: Machine): Proposal {
  const others = readAddresses(machine).filter(
    ({ adapter, family, address }) => adapter !== proposal.adapter.name && family === 'ipv6' && !isLinkLocal(address),
  );
  const gateways = proposal.gateways.map((gateway) => {
    return others.some((other) => isWithin(gateway, other)) ? { ...gateway, onLink: true } : gateway;
  });
  return { ...proposal, gateways };
}
