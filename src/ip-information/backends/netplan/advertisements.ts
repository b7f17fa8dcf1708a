import { ofFamily } from '../../family.ts';
import type { Proposal } from '../../propose.ts';
import { type Location, type NetplanFile } from './files.ts';
import { type TreeMap, withKey } from './yaml-tree.ts';

const key = 'accept-ra';
const remark = ' set by hyperv-kvp beside static IPv6 addresses';

/** The comment behind a switch of ours, which goes with the addresses; one of the site's stays. */
export const remarks: ReadonlyMap<string, string> = new Map([[key, remark]]);

/** What a file says of a definition, without our switch if IPv6 has no addresses from now on. */
export function withoutOurSwitch(
  { remarkAt }: NetplanFile,
  { kind, id }: Location,
  settings: TreeMap,
  { families, addresses }: Proposal,
): TreeMap {
  const isAutomatic = families.includes('ipv6') && ofFamily('ipv6', addresses).length === 0;
  return isAutomatic && remarkAt(['network', kind, id, key]) === remark ? withKey(settings, key, undefined) : settings;
}

/** The text of our file, with the comment if the switch is ours. */
export function remarked(text: string, former: TreeMap): string {
  return former[key] === undefined ? text.replace(/^ +accept-ra: false$/m, `$& #${remark}`) : text;
}
