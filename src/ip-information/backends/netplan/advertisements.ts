import { ofFamily } from '../../family.ts';
import type { Proposal } from '../../propose.ts';
import { type Location, type NetplanFile } from './files.ts';
import type { Remarks } from './patch-yaml.ts';
import { textAt, type TreeMap, withKey } from './yaml-tree.ts';

/** What is switched off beside static IPv6 addresses. */
const switches = ['dhcp6', 'accept-ra'];
const remark = 'set by hyperv-kvp beside static IPv6 addresses';
const form = new RegExp(`^ # ${remark}(?: in place of (\\w+))?`);

/** The comment behind a switch of ours, which goes with the addresses; what the site has switched off stays off. */
export const remarks: Remarks = {
  of: (key, value, former) =>
    switches.includes(key) && value === 'false'
      ? ` # ${remark}${former === undefined ? '' : ` in place of ${former}`}`
      : '',
  form,
};

/** What a file says of a definition, with the site's switches in place of ours if IPv6 has no addresses from now on. */
export function withoutOurSwitches(
  { behind }: NetplanFile,
  { kind, id }: Location,
  settings: TreeMap,
  { families, addresses }: Proposal,
): TreeMap {
  if (!families.includes('ipv6') || ofFamily('ipv6', addresses).length > 0) return settings;
  return switches.reduce((own, key) => {
    const ours = form.exec(behind(['network', kind, id, key]));
    return ours === null ? own : withKey(own, key, ours[1]);
  }, settings);
}

/** The text of our file, with the comment behind switches that are ours. */
export function remarked(text: string, former: TreeMap): string {
  return switches.reduce((own, key) => {
    const before = textAt(former, key);
    if (before === 'false') return own;
    return own.replace(new RegExp(`^ +${key}: false$`, 'm'), (line) => line + remarks.of(key, 'false', before));
  }, text);
}
