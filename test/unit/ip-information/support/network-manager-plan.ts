import { networkManager } from '../../../../src/ip-information/backends/network-manager.ts';
import type { Plan } from '../../../../src/ip-information/plan.ts';
import type { IpValue } from '../../../../src/message/ip-value.ts';
import type { Machine } from '../../../../src/platform/machine.ts';
import { networkManagerMachine } from './network-manager-machine.ts';
import { eth0, proposalOf } from './proposals.ts';

export const path = '/etc/NetworkManager/system-connections/office.nmconnection';

/** What is to be done for a request; throws where that is impossible. */
export async function planFor(request: Partial<IpValue>, machine: Machine, adapter = eth0): Promise<Plan> {
  const plan = await networkManager.plan(proposalOf(request, adapter), machine);
  if ('impossible' in plan) throw new Error(plan.impossible);
  return plan;
}

/** The text of a profile after a request. */
export async function edited(text: string, request: Partial<IpValue>): Promise<string> {
  const { files } = await planFor(request, networkManagerMachine({ [path]: text }));
  return files[0]?.text ?? '';
}
