import type { Machine } from '../../../platform/machine.ts';
import { readNetworkdDefinition } from '../../../platform/network-managers/networkd-definition.ts';
import type { PlannedFile } from '../../plan.ts';
import type { Proposal } from '../../propose.ts';
import { Draft } from '../networkd/draft.ts';
import { makeWay } from '../networkd/edit.ts';
import { dropInsOf } from '../networkd/networkd.ts';

/**
 * What sites put beside the .network file that netplan makes, for what netplan cannot say: without the addresses that the definition
 * says from now on, and beside the file of our definition if there is one.
 */
export function plannedDropIns(proposal: Proposal, own: string | undefined, machine: Machine): readonly PlannedFile[] {
  const definition = readNetworkdDefinition(machine, proposal.adapter.name);
  if (definition === undefined) return [];
  const draft = new Draft(definition);
  makeWay(draft, proposal);
  return dropInsOf(draft, own && `10-netplan-${own}.network`);
}
