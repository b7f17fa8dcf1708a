import type { RankedAddress } from '../../auto-keys/address-order.ts';
import { reportedAddressesNow } from '../../auto-keys/network-addresses.ts';
import { isLinkLocal } from '../../platform/addresses.ts';
import type { Check } from './check.ts';
import { advice, ok, problem } from './finding.ts';

const dhcp = 'check that DHCP answers, or give the adapter an address';

/** Whether NetworkAddressIPv4, whose first entry is all that many programs of hosts look at, is of use to a host. */
export const addresses: Check = {
  name: 'addresses',
  needs: ['hypervisor'],
  async examine({ machine, settings: { platform, report } }) {
    const reported = await reportedAddressesNow(machine, platform, 'ipv4', report);
    const first = reported.find(isUsable);
    const list = reported.map(({ address }) => address).join(', ');
    if (first !== undefined) {
      return ok(`reported to the host: ${list}${reported.length > 1 ? `; ${reasonOf(first)}` : ''}`);
    }
    if (reported.some(({ address }) => isLinkLocal(address))) {
      return problem(`only a link-local address: ${list}`, dhcp);
    }
    if (reported.length > 0) return problem(`only addresses of container bridges and VPNs: ${list}`, dhcp);
    const ipv6 = (await reportedAddressesNow(machine, platform, 'ipv6', report)).filter(isUsable);
    return ipv6.length > 0
      ? advice(
          `no IPv4 address, only ${ipv6.map(({ address }) => address).join(', ')}`,
          'many programs on hosts wait for an IPv4 address',
        )
      : problem('no address', `${dhcp}; check that the adapter is connected on the host, and up here`);
  },
};

function isUsable({ address, reach }: RankedAddress): boolean {
  return reach !== 'inside' && !isLinkLocal(address);
}

function reasonOf({ address, adapter, reach, route, wish }: RankedAddress): string {
  const why =
    wish === undefined
      ? [
          reach === 'host' ? `${adapter} is an adapter of Hyper-V` : `${adapter} reaches other networks`,
          ...(route === undefined ? [] : ['has a default route']),
        ].join(' and ')
      : `${adapter} is named by report.interfaces`;
  return `${address} first, because ${why}`;
}
