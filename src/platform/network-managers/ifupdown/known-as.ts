import { ask } from '../../ask.ts';
import { existsBelow, type Machine } from '../../machine.ts';
import { readUp } from './up.ts';

/**
 * The name by which ifupdown has an adapter up: its own, or one of its alternative names, such as the one that it had before an
 * upgrade. Undefined if it has not.
 */
export async function knownAs(machine: Machine, adapter: string): Promise<string | undefined> {
  const up = readUp(machine);
  if (up === undefined) return undefined;
  if (up.has(adapter)) return adapter;
  const others = Array.from(up.keys()).filter((name) => !existsBelow(machine, `/sys/class/net/${name}`));
  for (const name of others.filter((one) => !one.includes(':'))) {
    const { output } = await ask(machine, 'ip', ['-oneline', 'link', 'show', 'dev', name]);
    if (/^\d+: ([^:@]+)/.exec(output)?.[1] === adapter) return name;
  }
  return undefined;
}
