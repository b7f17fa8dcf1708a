import { ask } from '../../platform/ask.ts';
import type { IpFamily } from '../../platform/adapter.ts';
import type { Machine } from '../../platform/machine.ts';
import { familyOf } from '../family.ts';
import type { Command } from '../plan.ts';

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

export async function readForeign(machine: Machine, name: string): Promise<Foreign> {
  const output = async (...args: readonly string[]): Promise<readonly string[]> =>
    (await ask(machine, 'ip', args)).output.split('\n').filter((line) => line.trim() !== '');
  const addresses = await output('-o', 'address', 'show', 'dev', name, 'scope', 'global');
  const routes = {
    '-4': await output('-4', 'route', 'show', 'dev', name),
    '-6': await output('-6', 'route', 'show', 'dev', name),
  };
  const hasOwnRoutes = addresses.some((line) => line.includes(' noprefixroute '));
  const ip = (...args: readonly string[]): Command => ({ program: 'ip', args });
  const isDynamic = (line: string): boolean => line.includes(' dynamic ');
  const kept = (command: Command): Command => ({ ...command, judgedBy: 'nothing' });
  return {
    hasLease: addresses.some((line) => line.includes(' inet ') && isDynamic(line)),
    addresses: addresses.filter((line) => !isDynamic(line)).flatMap((line) => / inet6? (\S+) /.exec(line)?.[1] ?? []),
    routes: Object.entries(routes).flatMap(([family, lines]) =>
      lines.flatMap((line) => {
        const [, to = '', via] = /^(\S+) via (\S+)/.exec(line) ?? [];
        if (via === undefined || line.includes(' proto ra ')) return [];
        const everywhere = family === '-4' ? '0.0.0.0/0' : '::/0';
        return [{ to: to === 'default' ? everywhere : to, via, metric: / metric (\d+)/.exec(line)?.[1] }];
      }),
    ),
    commands:
      addresses.length === 0
        ? []
        : [
            ip('link', 'set', 'dev', name, 'up'),
            ...addresses.flatMap((line) => {
              const [, family = '', cidr] = / (inet6?) (\S+) /.exec(line) ?? [];
              // The kernel has it again by the next advertisement.
              if (cidr === undefined || (family === 'inet6' && isDynamic(line))) return [];
              return [ip('address', 'replace', cidr, ...optionsOf(line), 'dev', name)];
            }),
            ...(['-4', '-6'] as const).flatMap((family) => {
              const own = routes[family].filter((line) => !isMadeByKernel(line, hasOwnRoutes));
              const isNear = (line: string): boolean => !line.includes(' via ');
              return [
                // First, so that the gateways can be reached; several may lead to one network.
                ...own.filter(isNear).map((line) => kept(ip(family, 'route', 'append', ...wordsOf(line), 'dev', name))),
                ...own
                  .filter((line) => !isNear(line))
                  .map((line) => ip(family, 'route', 'replace', ...wordsOf(line), 'dev', name)),
              ];
            }),
          ],
  };
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
