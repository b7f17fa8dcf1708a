import { parseAssignments } from '../../../platform/assignments.ts';
import type { Adapter } from '../../../platform/adapter.ts';
import type { Machine } from '../../../platform/machine.ts';
import { aliasesOf, readDefinitions } from '../../../platform/network-managers/ifcfg/definitions.ts';
import type { Impossible } from '../../plan.ts';
import type { Proposal } from '../../propose.ts';
import { assigned } from '../assignments.ts';
import { wantedValues } from '../ifcfg/values.ts';
import { beyondPlainGateways } from '../plain-gateways.ts';

/** Whether a profile is in the form of Red Hat's scripts, which NetworkManager reads and writes there by a plugin. */
export function isIfcfg(path: string): boolean {
  return /^\/etc\/sysconfig\/network-scripts\/ifcfg-[^/]+$/.test(path);
}

/** Whether such a profile is for an adapter: by its MAC address or its name; one that says neither is for any. */
export function isIfcfgFor(text: string, { name, mac }: Adapter): boolean {
  const values = parseAssignments(text);
  const [hardware, device] = [values.get('HWADDR')?.toLowerCase(), values.get('DEVICE')];
  return (hardware ?? mac) === mac && (device ?? name) === name;
}

/** By which a profile makes its adapter a port. */
const masters = ['MASTER', 'MASTER_UUID', 'BRIDGE', 'BRIDGE_UUID', 'TEAM_MASTER', 'TEAM_MASTER_UUID', 'OVS_PORT_UUID'];

/** Such a profile with what a proposal says; bound to the adapter if it was to none. */
export function ifcfgWith(text: string, proposal: Proposal, machine: Machine): string | Impossible {
  const { adapter, families, gateways } = proposal;
  const obstacle = beyondPlainGateways(proposal);
  if (obstacle !== undefined) return obstacle;
  const values = parseAssignments(text);
  const master = masters.find((key) => values.has(key));
  if (master !== undefined) return { impossible: `its profile makes it a port (${master})` };
  const [alias] = families.includes('ipv4') ? aliasesOf(adapter.name, readDefinitions(machine)) : [];
  if (alias !== undefined) return { impossible: `${alias.path} has more of its addresses` };
  const isBound = values.has('HWADDR') || values.has('DEVICE');
  const isDefault = gateways.length > 0 && /^(no|false|0)$/i.test(values.get('DEFROUTE') ?? '');
  return assigned(
    text,
    new Map([
      ...wantedValues(proposal, values),
      ...(isBound ? [] : [['HWADDR', adapter.mac.toUpperCase()] as const]),
      ...(isDefault ? [['DEFROUTE', 'yes'] as const] : []),
    ]),
  );
}
