import { ipFamilies } from '../../platform/adapter.ts';
import { ofFamily } from '../family.ts';
import type { Impossible } from '../plan.ts';
import type { Proposal } from '../propose.ts';

/** What keeps a network manager from it that has one gateway a family, in one of the adapter's networks. */
export function beyondPlainGateways(proposal: Proposal): Impossible | undefined {
  return farGateway(proposal) ?? severalGateways(proposal);
}

export function farGateway({ gateways }: Proposal): Impossible | undefined {
  const far = gateways.find(({ onLink }) => onLink);
  return far && { impossible: `the gateway ${far.address} is in none of the networks` };
}

export function severalGateways({ gateways }: Proposal): Impossible | undefined {
  const hasSeveral = ipFamilies.some((family) => ofFamily(family, gateways).length > 1);
  return hasSeveral ? { impossible: 'there can be only one gateway per family' } : undefined;
}
