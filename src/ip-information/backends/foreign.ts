import { ask } from '../../platform/ask.ts';
import { ipFamilies, type IpFamily } from '../../platform/adapter.ts';
import type { Machine } from '../../platform/machine.ts';
import { familyOf } from '../family.ts';
import type { Command, Plan } from '../plan.ts';

/** What another program has put on an adapter. */
export interface Foreign {
  /** Whether IPv4 has an end, as an address of a lease has. */
  readonly hasLease: boolean;
  /** With prefix lengths; not those of a lease or a router. */
  readonly addresses: readonly string[];
  /** Routes by a gateway, of the main table. */
  readonly routes: readonly { readonly to: string; readonly via: string; readonly metric: string | undefined }[];
  /** What brings it back; nothing if it has no address. */
  readonly commands: readonly Command[];
}

/** Addresses and routes, as lines of `ip`. */
interface Shown {
  readonly addresses: readonly string[];
  readonly routes: Readonly<Record<IpFamily, readonly string[]>>;
}

export async function readForeign(machine: Machine, name: string): Promise<Foreign> {
  const output = async (...args: readonly string[]): Promise<readonly string[]> =>
    (await ask(machine, 'ip', args)).output.split('\n').filter((line) => line.trim() !== '');
  const shown = {
    addresses: await output('-o', 'address', 'show', 'dev', name, 'scope', 'global'),
    routes: {
      ipv4: await output(options.ipv4, 'route', 'show', 'dev', name),
      ipv6: await output(options.ipv6, 'route', 'show', 'dev', name),
    },
  };
  const { addresses, routes } = shown;
  return {
    hasLease: addresses.some((line) => line.includes(' inet ') && isDynamic(line)),
    addresses: addresses.filter((line) => !isDynamic(line)).flatMap((line) => / inet6? (\S+) /.exec(line)?.[1] ?? []),
    routes: ipFamilies.flatMap((family) => routes[family].flatMap((line) => gatewayRoute(line, family) ?? [])),
    commands: addresses.length === 0 ? [] : commandsFor(shown, name),
  };
}

/** The undoing of a change with what brings back what another program had set. */
export function alsoBack({ before, commands }: Plan['undo'], foreign: Foreign | undefined): Plan['undo'] {
  return { before, commands: [...commands, ...(foreign?.commands ?? [])] };
}

const options = { ipv4: '-4', ipv6: '-6' } as const;
const everywhere = { ipv4: '0.0.0.0/0', ipv6: '::/0' } as const;

function isDynamic(line: string): boolean {
  return line.includes(' dynamic ');
}

function gatewayRoute(line: string, family: IpFamily): Foreign['routes'][number] | undefined {
  const [, to = '', via] = /^(\S+) via (\S+)/.exec(line) ?? [];
  if (via === undefined || line.includes(' proto ra ')) return undefined;
  return { to: to === 'default' ? everywhere[family] : to, via, metric: / metric (\d+)/.exec(line)?.[1] };
}

function commandsFor({ addresses, routes }: Shown, name: string): readonly Command[] {
  const ip = (...args: readonly string[]): Command => ({ program: 'ip', args: [...args, 'dev', name] });
  const hasOwnRoutes = addresses.some((line) => line.includes(' noprefixroute '));
  return [
    { program: 'ip', args: ['link', 'set', 'dev', name, 'up'] },
    ...addresses.flatMap((line) => {
      const [, family = '', cidr] = / (inet6?) (\S+) /.exec(line) ?? [];
      // The kernel has it again by the next advertisement.
      if (cidr === undefined || (family === 'inet6' && isDynamic(line))) return [];
      return [ip('address', 'replace', cidr, ...optionsOf(line))];
    }),
    ...ipFamilies.flatMap((family) => {
      const own = routes[family].filter((line) => !isMadeByKernel(line, hasOwnRoutes));
      const isNear = (line: string): boolean => !line.includes(' via ');
      const route = (verb: string, line: string): Command => ip(options[family], 'route', verb, ...wordsOf(line));
      return [
        // First, so that the gateways can be reached; several may lead to one network.
        ...own.filter(isNear).map((line): Command => ({ ...route('append', line), judgedBy: 'nothing' })),
        ...own.filter((line) => !isNear(line)).map((line) => route('replace', line)),
      ];
    }),
  ];
}

/** The same without what is of these families. */
export function ofOthers({ hasLease, addresses, routes, commands }: Foreign, families: readonly IpFamily[]): Foreign {
  const isOther = (address: string): boolean => !families.includes(familyOf(address));
  return {
    hasLease: hasLease && !families.includes('ipv4'),
    addresses: addresses.filter(isOther),
    routes: routes.filter(({ via }) => isOther(via)),
    commands,
  };
}

/** Whether a route comes with its address, unless that is to have none by itself, or with an advertisement. */
function isMadeByKernel(route: string, hasOwnRoutes: boolean): boolean {
  return (
    route.includes(' proto ra ') || (route.includes(' proto kernel ') && (!hasOwnRoutes || route.startsWith('fe80:')))
  );
}

/** What `ip address` shows and takes of an address. */
function optionsOf(line: string): readonly string[] {
  const [, broadcast] = / brd (\S+)/.exec(line) ?? [];
  const [, label] = / (\S+:\S+)\\/.exec(line) ?? [];
  const [, valid, preferred] = / valid_lft (\d+)sec preferred_lft (\d+)sec/.exec(line) ?? [];
  return [
    ...(broadcast === undefined ? [] : ['broadcast', broadcast]),
    ...(label === undefined ? [] : ['label', label]),
    ...(line.includes(' noprefixroute ') ? ['noprefixroute'] : []),
    ...(valid === undefined || preferred === undefined ? [] : ['valid_lft', valid, 'preferred_lft', preferred]),
  ];
}

/** What `ip route` shows of a route, without what it does not take. */
function wordsOf(line: string): readonly string[] {
  return line.split(/\s+/).filter((word) => word !== '' && !['linkdown', 'dead'].includes(word));
}
