import { ipFamilies, type IpFamily } from '../../../platform/adapter.ts';
import { familyOf } from '../../family.ts';
import type { Foreign } from '../foreign.ts';
import { editSection, type Entry, readSection } from './keyfile-text.ts';

/** Whether NetworkManager has made a profile up for what another program has set. It is gone as soon as another one is active. */
export function isMadeUp(text: string): boolean {
  return readSection(text, metaSection).get('nm-generated') === 'true';
}

const metaSection = '.nmmeta';

/**
 * Such a profile in the form of one that stays, bound by the MAC address which it has, with what the adapter has: NetworkManager does
 * not put all of it there. What routers and DHCP have given is not in it: that family is automatic, and IPv6 without addresses, too.
 */
export function withoutMark(text: string, foreign: Foreign): string {
  const [own = ''] = text.split(/^\[\.nmmeta\][^]*?(?=^\[|$(?![^]))/m);
  const bound = editSection(own, 'connection', [], (key) => key === 'interface-name');
  return ipFamilies.reduce((edited, family) => withWhatIsThere(edited, family, foreign), bound);
}

function withWhatIsThere(text: string, family: IpFamily, { hasLease, addresses, routes }: Foreign): string {
  const isLeased = family === 'ipv4' && hasLease;
  const own = isLeased ? [] : addresses.filter((address) => familyOf(address) === family);
  const ways = isLeased ? [] : routes.filter(({ via }) => familyOf(via) === family);
  const method = own.length > 0 ? 'manual' : isLeased || family === 'ipv6' ? 'auto' : 'disabled';
  const entries: readonly Entry[] = [
    ['method', method],
    ...own.map((address, index): Entry => [`address${index + 1}`, address]),
    ...ways.map(({ to, via, metric }, index): Entry => [`route${index + 1}`, [to, via, metric ?? []].flat().join()]),
  ];
  return editSection(text, family, entries, (key) => /^(address(es)?\d*|gateway|dns|routes?\d.*)$/.test(key));
}
