import type { IpFamily } from '../../../platform/adapter.ts';
import { ofFamily } from '../../family.ts';
import { type IpAddress, parseAddress } from '../../parse.ts';
import type { Proposal } from '../../propose.ts';

/**
 * A file of routes with other default routes: `DESTINATION GATEWAY NETMASK INTERFACE TYPE OPTIONS`, "-" for what is left out. The
 * first of a family that is the adapter's gets the gateway, the others go; routes of other tables stay.
 */
export function withDefaultRoutes(text: string, proposal: Proposal, isOwn: (route: DefaultRoute) => boolean): Routes {
  const placed = new Set<IpFamily>();
  const lines = text.split(/(?<=\n)/).flatMap((line) => {
    const family = ownFamily(line, proposal, isOwn);
    if (family === undefined) return [line];
    const [gateway] = ofFamily(family, proposal.gateways);
    if (gateway === undefined || placed.has(family)) return [];
    placed.add(family);
    return [line.replace(/^(\s*\S+\s+)\S+/, `$1${gateway.address}`)];
  });
  return { text: lines.join(''), placed };
}

export interface Routes {
  readonly text: string;
  /** Families whose gateway has its place. */
  readonly placed: ReadonlySet<IpFamily>;
}

export function newRoutes({ adapter, gateways }: Proposal, placed: ReadonlySet<IpFamily>): string {
  const missing = gateways.filter(({ family }) => !placed.has(family));
  return missing.map(({ address }) => `default ${address} - ${adapter.name}\n`).join('');
}

export interface DefaultRoute {
  readonly gateway: IpAddress;
  /** "-": that of the network in which the gateway is. */
  readonly device: string;
}

function ownFamily(
  line: string,
  { families }: Proposal,
  isOwn: (route: DefaultRoute) => boolean,
): IpFamily | undefined {
  const [destination = '', via = '', , device = '-', ...options] = line.trim().split(/\s+/);
  const gateway = parseAddress(via);
  if (!/^(default|0\.0\.0\.0(\/0)?|::\/0)$/.test(destination) || options.includes('table')) return undefined;
  return gateway !== undefined && families.includes(gateway.family) && isOwn({ gateway, device })
    ? gateway.family
    : undefined;
}
