import { editSection, readSection } from './keyfile-text.ts';

/** Whether NetworkManager has made a profile up for what another program has set. It is gone as soon as another one is active. */
export function isMadeUp(text: string): boolean {
  return readSection(text, metaSection).get('nm-generated') === 'true';
}

const metaSection = '.nmmeta';

/**
 * Such a profile in the form of one that stays, bound by the MAC address which it has. What routers and DHCP have given is not in it:
 * IPv6 is automatic where it has no addresses, and so is IPv4 that another DHCP client has.
 */
export function withoutMark(text: string, hasLease: boolean): string {
  const [own = ''] = text.split(/^\[\.nmmeta\][^]*?(?=^\[|$(?![^]))/m);
  const bound = editSection(own, 'connection', [], (key) => key === 'interface-name');
  const isIpv6Static = [...readSection(bound, 'ipv6').keys()].some((key) => isAddress(key));
  const withIpv6 = isIpv6Static ? bound : editSection(bound, 'ipv6', [['method', 'auto']], () => false);
  if (!hasLease) return withIpv6;
  return editSection(
    withIpv6,
    'ipv4',
    [['method', 'auto']],
    (key) => isAddress(key) || /^(gateway|dns|route\d.*)$/.test(key),
  );
}

function isAddress(key: string): boolean {
  return /^address(?:es)?\d*$/.test(key);
}
