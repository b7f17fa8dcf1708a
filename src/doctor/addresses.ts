import { isContainerBridge } from '../auto-keys/container-bridge.ts';
import { networkAddresses } from '../auto-keys/network-addresses.ts';
import { separator } from '../ip-information/address-list.ts';
import { isLinkLocal } from '../platform/addresses.ts';
import type { Check } from './check.ts';
import { advice, ok, problem } from './finding.ts';

/** Whether NetworkAddressIPv4, whose first entry is all that many programs of hosts look at, is of use to a host. */
export const addresses: Check = {
  name: 'addresses',
  needs: ['hypervisor'],
  async examine({ settings: { platform } }) {
    const reported = (await networkAddresses(platform, 'ipv4')).split(separator).filter(Boolean);
    const adapterOf = new Map(platform.readAddresses().map(({ address, adapter }) => [address, adapter]));
    const isOutside = (address: string): boolean => !isContainerBridge(adapterOf.get(address) ?? '');
    const usable = reported.filter((address) => !isLinkLocal(address) && isOutside(address));
    const [first] = usable;
    if (first !== undefined) return ok(`the host is told ${reported.join(', ')}`);
    const dhcp = 'see whether DHCP answers, or give the adapter an address';
    if (reported.some(isLinkLocal)) return problem(`there is a link-local address only: ${reported.join(', ')}`, dhcp);
    if (reported.length > 0) {
      return problem(`there are addresses of container bridges only: ${reported.join(', ')}`, dhcp);
    }
    const ipv6 = (await networkAddresses(platform, 'ipv6'))
      .split(separator)
      .filter((each) => each && !isLinkLocal(each));
    return ipv6.length > 0
      ? advice(`there is no IPv4 address, but ${ipv6.join(', ')}`, 'many programs of hosts wait for an IPv4 address')
      : problem('there is no address', `${dhcp}; see that the adapter is connected on the host, and up here`);
  },
};
