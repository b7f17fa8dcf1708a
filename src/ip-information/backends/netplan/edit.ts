import type { IpFamily } from '../../../platform/adapter.ts';
import { cidr, normalisedCidr, ofFamily } from '../../family.ts';
import { parseAddress } from '../../parse.ts';
import type { Proposal } from '../../propose.ts';
import { editLists, type Parts, withPart } from './parts.ts';
import { editRoutes } from './routes.ts';
import { isEqual, isMap, listAt, mapAt, textAt, type Tree, withKey } from './yaml-tree.ts';

/** Changes what the files of a definition say of addresses to what a proposal says. */
export function edited(parts: Parts, proposal: Proposal): Parts {
  const { families, dnsServers } = proposal;
  let next = parts;
  for (const family of families) {
    const wanted = ofFamily(family, proposal.addresses).map(cidr);
    next = editAddresses(next, family, wanted);
    const gone = addressesOf(parts, family).filter((address) => !addressesOf(next, family).includes(address));
    const told = { ...proposal, gone, first: wanted[0]?.split('/')[0] };
    next = editRoutes(next, family, ofFamily(family, proposal.gateways), told);
  }
  if (families.includes('ipv4')) next = withSwitch(next, 'dhcp4', proposal.dhcp, false);
  if (ofFamily('ipv6', proposal.addresses).length > 0) {
    next = withSwitch(next, 'dhcp6', false, false);
    next = withSwitch(next, 'accept-ra', false, undefined);
  }
  return dnsServers.length === 0
    ? next
    : editNameServers(
        next,
        dnsServers.map(({ address }) => address),
      );
}

const trueValues = ['true', 'on', 'yes', 'y'];

function withSwitch(parts: Parts, key: string, wanted: boolean, byDefault: boolean | undefined): Parts {
  const deciding = parts.findLastIndex((part) => part[key] !== undefined);
  const value = textAt(parts[deciding], key);
  const present = value === undefined ? byDefault : trueValues.includes(value.toLowerCase());
  if (present === wanted) return parts;
  return withPart(parts, deciding < 0 ? parts.length - 1 : deciding, (part) => withKey(part, key, String(wanted)));
}

/** The first address takes the place of the first, and so on. */
function editAddresses(parts: Parts, family: IpFamily, wanted: readonly string[]): Parts {
  return editLists(
    parts,
    'addresses',
    (item) => familyOf(item) === family,
    (item, index) => {
      const next = wanted[index];
      // One that has a label or a lifetime is a map.
      return next !== undefined && item !== undefined && normalisedCidr(addressOf(item)) === next ? item : next;
    },
  );
}

function editNameServers(parts: Parts, wanted: readonly string[]): Parts {
  const former = parts.flatMap((part) => listAt(mapAt(part, 'nameservers'), 'addresses'));
  if (isEqual(former, wanted)) return parts;
  const home = parts.findIndex((part) => listAt(mapAt(part, 'nameservers'), 'addresses').length > 0);
  const first = home < 0 ? parts.length - 1 : home;
  return parts.map((part, index) => {
    const servers = mapAt(part, 'nameservers');
    if (index !== first && servers['addresses'] === undefined) return part;
    const next = withKey(servers, 'addresses', index === first ? wanted : undefined);
    return withKey(part, 'nameservers', Object.keys(next).length === 0 ? undefined : next);
  });
}

function addressesOf(parts: Parts, family: IpFamily): readonly string[] {
  const items = parts.flatMap((part) => listAt(part, 'addresses')).filter((item) => familyOf(item) === family);
  return items.map((item) => addressOf(item).split('/')[0] ?? '');
}

function addressOf(item: Tree): string {
  if (typeof item === 'string') return item;
  return isMap(item) ? (Object.keys(item)[0] ?? '') : '';
}

function familyOf(item: Tree): IpFamily | undefined {
  return parseAddress(addressOf(item).split('/')[0] ?? '')?.family;
}
