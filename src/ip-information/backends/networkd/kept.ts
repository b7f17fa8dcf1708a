import type { IpFamily } from '../../../platform/adapter.ts';
import type { Machine } from '../../../platform/machine.ts';
import {
  type NetworkdDefinition,
  readLease,
  trueValues,
} from '../../../platform/network-managers/networkd-definition.ts';
import { cidr, familyOf, normalisedCidr } from '../../family.ts';
import { parseMask } from '../../parse.ts';
import type { Command, Plan } from '../../plan.ts';
import type { Proposal } from '../../propose.ts';
import { Draft } from './draft.ts';
import { gatewaysOf } from './gateways.ts';

/** With which systemd-networkd leaves static addresses and routes in the kernel when its files name others. */
const keeping = ['static', ...trueValues];
/** With which it does so with the address of a lease. */
const keepingLeases = ['dhcp', ...trueValues];

/**
 * What puts changed files in force, and the former ones again. `former`: the definition as it is before the change. Where
 * systemd-networkd keeps what its files do not name any more, that is taken away first.
 */
export function reloads(
  definition: NetworkdDefinition | undefined,
  proposal: Proposal,
  machine: Machine,
): Pick<Plan, 'commands' | 'undo'> {
  const former = definition && new Draft(definition);
  // Reconfigures the adapters whose files have changed. To ask for that once more takes their addresses away again, and
  // systemd-networkd has been seen to leave an adapter without its lease then.
  const reload: Command = { program: 'networkctl', args: ['reload'] };
  const kept = former?.effectivePlaces('Network', 'KeepConfiguration').at(-1)?.setting.value ?? 'no';
  const { families, dhcp, adapter } = proposal;
  const { name } = adapter;
  const isLeft = keepingLeases.includes(kept) && families.includes('ipv4') && !dhcp;
  const leased = removals({ addresses: isLeft ? leasedAddresses(machine, name) : [], gateways: [] }, name);
  if (former === undefined || !keeping.includes(kept)) {
    return { commands: [...leased, reload], undo: { before: [], commands: [reload] } };
  }
  const { forth, back } = differences(former, proposal);
  // What was taken away does not come back by a reload of files that it had already.
  const reconfigure: Command = { program: 'networkctl', args: ['reconfigure', name] };
  return {
    commands: [...removals(forth, name), ...leased, reload],
    undo: { before: [], commands: [...removals(back, name), reload, reconfigure] },
  };
}

/** Addresses and gateways that only one side has. */
interface Had {
  readonly addresses: readonly string[];
  readonly gateways: readonly string[];
}

function differences(former: Draft, proposal: Proposal): { forth: Had; back: Had } {
  const { families, addresses, gateways } = proposal;
  const had = {
    addresses: addressesOf(former, families),
    gateways: families.flatMap((one) => gatewaysOf(former, one, proposal)),
  };
  const next = { addresses: addresses.map(cidr), gateways: gateways.map(({ address }) => address) };
  const without = (one: Had, other: Had): Had => ({
    addresses: one.addresses.filter((address) => !other.addresses.includes(address)),
    gateways: one.gateways.filter((address) => !other.gateways.includes(address)),
  });
  return { forth: without(had, next), back: without(next, had) };
}

function addressesOf(draft: Draft, families: readonly IpFamily[]): readonly string[] {
  return ['Network', 'Address']
    .flatMap((section) => draft.places(section, 'Address'))
    .flatMap(({ setting }) => normalisedCidr(setting.value) ?? [])
    .filter((text) => families.includes(familyOf(text)));
}

/** The address of the lease that systemd-networkd has for an adapter. */
function leasedAddresses(machine: Machine, name: string): readonly string[] {
  const lease = readLease(machine, name);
  const prefixLength = parseMask(lease?.get('NETMASK') ?? '', 'ipv4');
  const address = lease?.get('ADDRESS');
  return address === undefined || prefixLength === undefined ? [] : [`${address}/${prefixLength}`];
}

function removals({ addresses, gateways }: Had, name: string): readonly Command[] {
  const remove = (near: string, ...args: readonly string[]): Command => {
    const family = familyOf(near) === 'ipv6' ? '-6' : '-4';
    return { program: 'ip', args: [family, ...args, near, 'dev', name], judgedBy: 'nothing' };
  };
  return [
    ...gateways.map((gateway) => remove(gateway, 'route', 'delete', 'default', 'via')),
    ...addresses.map((address) => remove(address, 'address', 'delete')),
  ];
}
