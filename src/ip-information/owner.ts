import type { Adapter, Network } from '../platform/adapter.ts';
import { linkOf } from '../platform/network.ts';

/** Who has the addresses of an adapter, or why nobody can be given them. */
export type Owner = { readonly owner: Adapter } | { readonly obstacle: string };

/** Kinds of links that have the addresses in place of their ports. */
const addressed: readonly string[] = ['bridge', 'bond', 'team'];
/** Those whose ports keep their own: a VRF is a routing table. Without a kind: a synthetic adapter has its virtual function as a port. */
const unaddressed: readonly string[] = ['vrf', ''];

/** The master of a port of a bridge, bond or team, at the end of all that there are; else the adapter itself. */
export function ownerOf(adapter: Adapter, adapters: readonly Adapter[], network: Network): Owner {
  const name = linkOf(network.links, adapter.name)?.master ?? '';
  if (name === '') return { owner: adapter };
  const kind = linkOf(network.links, name)?.kind ?? '';
  if (unaddressed.includes(kind)) return { owner: adapter };
  const master = adapters.find((each) => each.name === name);
  if (master !== undefined && addressed.includes(kind)) return ownerOf(master, adapters, network);
  return { obstacle: `it is a port of ${name} (${kind}), which cannot be changed` };
}
