import { ask } from '../../../platform/ask.ts';
import type { Machine } from '../../../platform/machine.ts';
import type { Command } from '../../plan.ts';
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

/** What another program has put on an adapter. */
export interface Foreign {
  /** Whether IPv4 has an end, as an address of a lease has. */
  readonly hasLease: boolean;
  /** What brings it back. */
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
  return {
    hasLease: addresses.some((line) => line.includes(' inet ') && isDynamic(line)),
    commands: [
      ip('link', 'set', 'dev', name, 'up'),
      ...addresses.flatMap((line) => {
        const [, family = '', cidr] = / (inet6?) (\S+) /.exec(line) ?? [];
        // The kernel has it again by the next advertisement.
        if (cidr === undefined || (family === 'inet6' && isDynamic(line))) return [];
        return [ip('address', 'replace', cidr, ...optionsOf(line), 'dev', name)];
      }),
      ...(['-4', '-6'] as const).flatMap((family) =>
        routes[family]
          .filter((line) => !isMadeByKernel(line, hasOwnRoutes))
          .map((line) => ip(family, 'route', 'replace', ...wordsOf(line), 'dev', name)),
      ),
    ],
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
