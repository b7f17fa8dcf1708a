import { separator } from '../ip-information/address-list.ts';
import { type Awaitable, whenReady } from '../message/awaitable.ts';
import type { IpFamily } from '../platform/adapter.ts';
import type { AutoKey, KeySources } from './key-table.ts';

/** IANA's ms-wbt-server. */
const rdpPort = 3389;
const anyAddress: Readonly<Record<IpFamily, string>> = { ipv4: '0.0.0.0', ipv6: '::' };

/** The keys by which a Windows guest reports where its remote desktop listens. */
export const rdpKeys: readonly AutoKey[] = [
  { name: 'RDPAddressIPv4', resolve: (sources) => listening('ipv4', sources) },
  { name: 'RDPAddressIPv6', resolve: (sources) => listening('ipv6', sources) },
];

/** The reported addresses at which a connection to the port is answered; "" if nothing listens. */
function listening(family: IpFamily, { platform, addresses }: KeySources): Awaitable<string> {
  return whenReady(platform.readListeners(rdpPort), (found) => {
    if (found.length === 0) return '';
    // A socket of IPv6's any address takes IPv4 connections too, unless it says otherwise.
    const isAny = found.includes(anyAddress[family]) || (family === 'ipv4' && found.includes(anyAddress.ipv6));
    return whenReady(addresses.current(family), (reported) =>
      reported
        .split(separator)
        .filter((address) => isAny || found.includes(address))
        .join(separator),
    );
  });
}
