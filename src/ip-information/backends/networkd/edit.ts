import type { IpFamily } from '../../../platform/adapter.ts';
import { falseValues, trueValues } from '../../../platform/network-managers/networkd-definition.ts';
import { cidr, normalisedCidr, ofFamily } from '../../family.ts';
import { parseAddress } from '../../parse.ts';
import type { Proposal } from '../../propose.ts';
import type { Draft, Place } from './draft.ts';
import { editGateways } from './gateways.ts';
import { succession } from './succession.ts';

/** Changes what a definition says of addresses to what a proposal says: systemd.network(5). */
export function edit(draft: Draft, proposal: Proposal): void {
  for (const family of proposal.families) {
    editAddresses(draft, family, ofFamily(family, proposal.addresses).map(cidr));
    editGateways(draft, family, ofFamily(family, proposal.gateways), proposal);
  }
  editSwitches(draft, proposal);
  if (proposal.dnsServers.length > 0) {
    editNameServers(
      draft,
      proposal.dnsServers.map(({ address }) => address),
    );
  }
}

/**
 * Changes drop-ins so that they do not stand in the way of a proposal that the file says, which they extend. One with an empty
 * setting, which in newer releases takes back what the file says, says what is wanted itself: what it hides of the other family
 * stays hidden.
 */
export function makeWay(draft: Draft, proposal: Proposal): void {
  const { families, dnsServers } = proposal;
  const resets = (key: string): boolean => draft.places('Network', key).some(({ setting }) => setting.value === '');
  for (const family of families) {
    const wanted = ofFamily(family, proposal.addresses).map(cidr);
    editAddresses(draft, family, resets('Address') ? wanted : [], wanted[0]);
    editGateways(draft, family, resets('Gateway') ? ofFamily(family, proposal.gateways) : [], proposal);
  }
  editSwitches(draft, proposal);
  if (dnsServers.length > 0) editNameServers(draft, resets('DNS') ? dnsServers.map(({ address }) => address) : []);
}

function editSwitches(draft: Draft, proposal: Proposal): void {
  const { families } = proposal;
  if (families.includes('ipv4') && draft.places('Network', 'DefaultRouteOnDevice').length > 0) {
    setSwitch(draft, 'DefaultRouteOnDevice', false);
  }
  editDhcp(draft, proposal);
  if (families.includes('ipv6')) editAdvertisements(draft, proposal);
}

/** `first`: what routes have as their source in place of an address that goes. */
function editAddresses(draft: Draft, family: IpFamily, wanted: readonly string[], first = wanted[0]): void {
  const { reset, former } = addressPlaces(draft, family);
  const isSame = ({ setting }: Place, address: string): boolean => normalisedCidr(setting.value) === address;
  const { pairs, further } = succession(former, wanted, isSame);
  for (const [place, next] of pairs) {
    if (next !== undefined && !isSame(place, next)) replaceAddress(draft, place, next);
  }
  const leaving = pairs.filter(([, next]) => next === undefined).map(([place]) => place);
  for (const place of [...reset, ...leaving]) removeAddress(draft, place);
  for (const address of further) draft.add('Network', 'Address', address);
  const gone = [...reset, ...former].map(({ setting }) => addressOf(setting.value));
  replaceSources(
    draft,
    gone.filter((address) => !has(wanted, address)),
    first,
  );
}

/** Releases differ in whether an empty setting takes back what stands before it: that goes, so that all agree. */
function addressPlaces(draft: Draft, family: IpFamily): Record<'reset' | 'former', readonly Place[]> {
  const places = [...draft.places('Network', 'Address'), ...draft.places('Address', 'Address')];
  const own = places.filter(({ setting }) => parseAddress(addressOf(setting.value))?.family === family);
  const isReset = (place: Place): boolean => draft.isReset(place, 'Address');
  return { reset: own.filter(isReset), former: own.filter((place) => !isReset(place)) };
}

/** What an [Address] section says of the former address and not of the adapter. */
const ofAddress = ['Peer', 'Broadcast', 'Label', 'PreferredLifetime'];

function replaceAddress(draft: Draft, place: Place, address: string): void {
  draft.set(place, address);
  if (place.section.name !== 'Address') return;
  const { fragment, section } = place;
  const tied = section.settings.filter(({ key }) => ofAddress.includes(key));
  for (const setting of tied) draft.remove({ fragment, setting });
}

function removeAddress(draft: Draft, place: Place): void {
  if (place.section.name === 'Address') draft.removeSection(place);
  else draft.remove(place);
}

/** A route must not have a source that is not there any more: systemd-networkd would give up the adapter. */
function replaceSources(draft: Draft, gone: readonly string[], first: string | undefined): void {
  const places = draft.places('Route', 'PreferredSource').filter(({ setting }) => gone.includes(setting.value));
  for (const place of places) {
    if (first === undefined) draft.remove(place);
    else draft.set(place, addressOf(first));
  }
}

const dhcpOf = { 'true,true': 'yes', 'true,false': 'ipv4', 'false,true': 'ipv6', 'false,false': 'no' } as const;

function editDhcp(draft: Draft, proposal: Proposal): void {
  const place = draft.effectivePlaces('Network', 'DHCP').at(-1);
  const value = place?.setting.value ?? 'no';
  const both = trueValues.includes(value) || value === 'both';
  const former = { ipv4: both || /^(?:ip)?v4$/.test(value), ipv6: both || /^(?:ip)?v6$/.test(value) };
  const isOff = place !== undefined && draft.isAfter(place, withoutDhcp);
  const isAgain = isOff && proposal.families.includes('ipv6');
  const next = {
    ipv4: proposal.families.includes('ipv4') ? proposal.dhcp : former.ipv4,
    ipv6: (former.ipv6 || isAgain) && !isIpv6Static(proposal),
  };
  if (next.ipv4 === former.ipv4 && next.ipv6 === former.ipv6) return;
  const text = dhcpOf[`${next.ipv4},${next.ipv6}`];
  if (place === undefined) {
    draft.add('Network', 'DHCP', text);
    return;
  }
  draft.set(place, text);
  draft.comment(place, withoutDhcp, (former.ipv6 || isOff) && !next.ipv6);
}

/** Before a line that had DHCP for IPv6, which comes back when the addresses go. */
const withoutDhcp = '# Without DHCP for IPv6, by hyperv-kvp beside static IPv6 addresses:';

function isIpv6Static({ addresses }: Proposal): boolean {
  return ofFamily('ipv6', addresses).length > 0;
}

/** Before a line of ours, which goes with the addresses; one of the site's stays. */
const besideAddresses = '# Set by hyperv-kvp beside static IPv6 addresses:';

function editAdvertisements(draft: Draft, proposal: Proposal): void {
  const places = draft.effectivePlaces('Network', 'IPv6AcceptRA');
  if (!isIpv6Static(proposal)) {
    for (const place of places.filter((one) => draft.isAfter(one, besideAddresses))) {
      draft.comment(place, besideAddresses, false);
      draft.remove(place);
    }
  } else if (!falseValues.includes(places.at(-1)?.setting.value ?? 'yes')) {
    draft.add('Network', 'IPv6AcceptRA', 'no', besideAddresses);
  }
}

function setSwitch(draft: Draft, key: string, isOn: boolean): void {
  const place = draft.effectivePlaces('Network', key).at(-1);
  if (place === undefined) draft.add('Network', key, isOn ? 'yes' : 'no');
  else if (trueValues.includes(place.setting.value) !== isOn) draft.set(place, isOn ? 'yes' : 'no');
}

function editNameServers(draft: Draft, wanted: readonly string[]): void {
  const former = draft.effectivePlaces('Network', 'DNS');
  if (former.flatMap(({ setting }) => setting.value.split(/\s+/)).join() === wanted.join()) return;
  for (const [index, place] of former.entries()) {
    const next = wanted[index];
    if (next === undefined) draft.remove(place);
    else draft.set(place, next);
  }
  for (const server of wanted.slice(former.length)) draft.add('Network', 'DNS', server);
}

function addressOf(value: string): string {
  return value.split('/')[0] ?? '';
}

function has(cidrs: readonly string[], address: string): boolean {
  return cidrs.some((one) => addressOf(one) === parseAddress(address)?.address);
}
