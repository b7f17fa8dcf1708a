import type { Stanza } from '../../../platform/network-managers/ifupdown/statements.ts';
import { nameOf } from '../../../platform/network-managers/ifupdown/inherited.ts';
import { listFolder, type Machine } from '../../../platform/machine.ts';

/** Ports of a bridge that ifup(8) would not bring back: those of virtual machines, for example. */
export function foreignPorts(machine: Machine, bridge: string, own: readonly Stanza[]): readonly string[] {
  const lists = own.flatMap(({ options }) => options.filter((option) => /^bridge[-_]ports$/.test(nameOf(option))));
  const words = lists.flatMap(({ value }) => value.text.split(/\s+/));
  if (lists.length === 0 || words.some((word) => word === 'all' || word === 'regex')) return [];
  return listFolder(machine, `/sys/class/net/${bridge}/brif`).filter((port) => !words.includes(port));
}
