import { nameOf } from '../../../platform/network-managers/ifupdown/inherited.ts';
import type { Interfaces } from '../../../platform/network-managers/ifupdown/interfaces.ts';
import type { Command, Plan } from '../../plan.ts';

/** Takes down exactly what is up of an adapter and of what depends on it, and brings the same up again. */
export function commandsOf(
  adapter: string,
  logical: string,
  interfaces: Interfaces,
  up: ReadonlyMap<string, string>,
): Pick<Plan, 'before' | 'commands' | 'undo'> {
  const dependents = Array.from(up).filter(([name, other]) => dependsOn(name, other, adapter, interfaces));
  const downs = dependents.map(([name]) => down(name)).reverse();
  const ups = dependents.map((pair) => ifup(...pair));
  const former = up.get(adapter);
  // What a failed ifup(8) has set belongs to nobody, so that ifdown(8) has to be forced.
  const forced = down(wordFor(adapter, logical), '-f');
  return {
    before: former === undefined ? downs : [...downs, down(adapter)],
    commands: [ifup(adapter, logical), ...ups],
    undo: { before: [...downs, forced], commands: [...(former === undefined ? [] : [ifup(adapter, former)]), ...ups] },
  };
}

function ifup(name: string, logical: string): Command {
  return { program: 'ifup', args: [wordFor(name, logical)] };
}

function down(name: string, ...options: readonly string[]): Command {
  return { program: 'ifdown', args: [...options, name], judgedBy: 'nothing' };
}

function wordFor(name: string, logical: string): string {
  return name === logical ? name : `${name}=${logical}`;
}

/** Aliases, VLANs and ports: they go down, or lose addresses and routes, with the adapter. */
function dependsOn(name: string, logical: string, adapter: string, { stanzas }: Interfaces): boolean {
  if (name.startsWith(`${adapter}:`) || name.startsWith(`${adapter}.`)) return true;
  const options = stanzas.filter((stanza) => stanza.name === logical).flatMap((stanza) => stanza.options);
  return options.some(
    (option) => /^(vlan[-_]raw[-_]device|bond[-_]master)$/.test(nameOf(option)) && option.value.text === adapter,
  );
}
