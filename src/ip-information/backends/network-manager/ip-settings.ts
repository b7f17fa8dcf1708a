import type { IpFamily } from '../../../platform/adapter.ts';
import { cidr, ofFamily } from '../../family.ts';
import type { Impossible } from '../../plan.ts';
import type { Gateway, Proposal } from '../../propose.ts';
import { normalised } from '../../state.ts';
import { decidingTable } from '../deciding-table.ts';
import { formerMethod, withFormerMethod } from './former-method.ts';
import { editSection, type Entry, readSection } from './keyfile-text.ts';

type Section = ReadonlyMap<string, string>;

/** A keyfile with the addresses, gateways and name servers of a proposal; all else of it stays. */
export function withIpSettings(text: string, proposal: Proposal): string | Impossible {
  let edited = text;
  for (const family of ['ipv4', 'ipv6'] as const) {
    if (proposal.families.includes(family)) edited = withAddresses(edited, family, proposal);
    const servers = ofFamily(family, proposal.dnsServers);
    const method = readSection(edited, family).get('method') ?? 'auto';
    if (family === 'ipv4' && method === 'shared' && addressFields(readSection(edited, family)).length > 1) {
      return { impossible: 'the profile shares its network (method=shared), so it has one IPv4 address only' };
    }
    if (servers.length > 0 && methodsWithoutServers[family].includes(method)) {
      return { impossible: `the profile takes no ${family} servers (method=${method})` };
    }
    const isReplaced = proposal.dnsServers.length > 0 && proposal.families.includes(family);
    if (servers.length > 0 || isReplaced) {
      edited = withServers(
        edited,
        family,
        servers.map(({ address }) => address),
      );
    }
  }
  return edited;
}

/** NetworkManager refuses profiles that have servers or search domains beside these. */
const methodsWithoutServers: Readonly<Record<IpFamily, readonly string[]>> = {
  ipv4: ['disabled', 'link-local', 'shared'],
  ipv6: ['disabled', 'ignore', 'link-local'],
};

function withAddresses(text: string, family: IpFamily, proposal: Proposal): string {
  const section = readSection(text, family);
  const former = formerMethod(text, family);
  const method = methodOf(family, proposal, section.get('method'), former);
  const addresses = ofFamily(family, proposal.addresses).map(cidr);
  const gateways = ofFamily(family, proposal.gateways);
  const table = decidingTable(proposal);
  if (isAlready(section, family, { method, addresses, gateways, table })) return text;
  const routes = defaultRoutes(section, table);
  const wanted = [
    ['method', method] as const,
    ...addresses.map((address, index): Entry => [`address${index + 1}`, address]),
    ...gatewayEntries(family, gateways, section, { table, gone: routes }),
  ];
  const edited = editSection(
    text,
    family,
    wanted,
    (key) =>
      /^address(?:es)?\d*$/.test(key) ||
      (key === 'gateway' && routeTable(section, table) === table) ||
      (key === 'never-default' && gateways.length > 0) ||
      routes.includes(key.replace(/_options$/, '')) ||
      (methodsWithoutServers[family].includes(method) && ['dns', 'dns-search'].includes(key)),
  );
  return withFormerMethod(edited, family, section.get('method'));
}

/**
 * Where IPv6 has no addresses, the method is the one that it had before a request gave it some. One that shares the adapter's network
 * with others stays: such a profile has addresses, too.
 */
function methodOf(family: IpFamily, { dhcp, addresses }: Proposal, now = 'auto', former = 'auto'): string {
  if (ofFamily(family, addresses).length > 0) return now === 'shared' ? now : 'manual';
  if (family === 'ipv4') return dhcp ? 'auto' : 'disabled';
  return now === 'manual' ? former : now;
}

interface Wanted {
  readonly method: string;
  readonly addresses: readonly string[];
  readonly gateways: readonly Gateway[];
  /** The one that decides. */
  readonly table: string;
}

/** Whether the section says the same, in whatever form: a gateway may stand beside an address, or be a route. */
function isAlready(section: Section, family: IpFamily, { method, addresses, gateways, table }: Wanted): boolean {
  const own = addressFields(section);
  const routes = defaultRoutes(section, table).map((key) => fieldsOf(section.get(key) ?? '')[2]);
  const found = [ownGateway(section), ...routes].filter((gateway) => gateway !== undefined);
  return (
    section.get('method') === method &&
    section.get('never-default') !== 'true' &&
    routeTable(section, table) === table &&
    own.map(([address = '', length = '']) => `${normalised(address)}/${length}`).join() === addresses.join() &&
    found.map(normalised).join() === gateways.map(({ address }) => address).join() &&
    (family === 'ipv6' || own.every(([, length]) => length !== undefined))
  );
}

/** The gateway that NetworkManager takes: the first beside an address goes unless there is a key for it. */
function ownGateway(section: Section): string | undefined {
  return section.get('gateway') ?? addressFields(section).find(([, , gateway]) => gateway !== undefined)?.[2];
}

function addressFields(section: Section): readonly (readonly string[])[] {
  return [...section].filter(([key]) => /^address(?:es)?\d*$/.test(key)).map(([, value]) => fieldsOf(value));
}

/** Address, length of the prefix, gateway, metric; of an address or a route. */
function fieldsOf(value: string): readonly string[] {
  return value.split(/[/,;]/).filter((field) => field !== '');
}

/** The keys of the routes that lead everywhere, and are in the table that decides. */
function defaultRoutes(section: Section, deciding: string): readonly string[] {
  return [...section].flatMap(([key, value]) => {
    if (!/^routes?\d*$/.test(key) || fieldsOf(value)[1] !== '0') return [];
    const options = section.get(`${key}_options`) ?? '';
    const table = /(?:^|,)\s*table=(\d+)/.exec(options)?.[1] ?? routeTable(section, deciding);
    const type = /(?:^|,)\s*type=(\w+)/.exec(options)?.[1] ?? 'unicast';
    return (table === deciding || table === '0') && type === 'unicast' ? [key] : [];
  });
}

/** Where the routes of the profile go that do not say it themselves. */
function routeTable(section: Section, deciding: string): string {
  const table = section.get('route-table') ?? '0';
  return table === '0' ? deciding : table;
}

/** More than NetworkManager gives the routes by `gateway=`, of which there is but one. */
const furtherMetric = 1000;

/**
 * The gateway that is to be preferred, whose metric NetworkManager knows best; to one outside the networks it finds a way. In a
 * profile whose routes go into a table of its own the gateway there stays, and ours are routes of the table that decides.
 */
function gatewayEntries(
  family: IpFamily,
  gateways: readonly Gateway[],
  section: Section,
  { table, gone }: { readonly table: string; readonly gone: readonly string[] },
): readonly Entry[] {
  const isDeciding = routeTable(section, table) === table;
  const former = isDeciding ? undefined : ownGateway(section);
  const [first] = gateways;
  const own = isDeciding ? first?.address : former;
  const numbers = freeNumbers(section, gone);
  return [
    ...(own === undefined ? [] : [['gateway', own] as const]),
    ...gateways.slice(isDeciding ? 1 : 0).flatMap(({ address, onLink }, index): readonly Entry[] => {
      const key = `route${numbers.next().value ?? index}`;
      const options = [...(isDeciding ? [] : [`table=${table}`]), ...(onLink ? ['onlink=true'] : [])];
      const metric = isDeciding ? `,${furtherMetric + index}` : '';
      return [
        [key, `${everywhere[family]},${address}${metric}`],
        ...(options.length > 0 ? [[`${key}_options`, options.join()] as const] : []),
      ];
    }),
  ];
}

const everywhere: Readonly<Record<IpFamily, string>> = { ipv4: '0.0.0.0/0', ipv6: '::/0' };

/** Numbers of routes that no route has which stays. */
function* freeNumbers(section: Section, gone: readonly string[]): Generator<number, undefined> {
  const taken = [...section.keys()].filter((key) => !gone.includes(key)).map((key) => /^routes?(\d+)$/.exec(key)?.[1]);
  for (let number = 1; ; number += 1) if (!taken.includes(String(number))) yield number;
}

function withServers(text: string, family: IpFamily, servers: readonly string[]): string {
  const former = fieldsOf(readSection(text, family).get('dns') ?? '').map(normalised);
  if (former.join() === servers.join()) return text;
  if (servers.length === 0) return editSection(text, family, [], (key) => key === 'dns');
  return editSection(text, family, [['dns', servers.map((server) => `${server};`).join('')]], () => false);
}
