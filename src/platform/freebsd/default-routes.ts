import { isIP } from 'node:net';
import type { DefaultRoute, IpFamily } from '../adapter.ts';
import { withoutScope } from '../addresses.ts';
import type { Machine } from '../machine.ts';

/** The default routes of netstat(1), of IPv4 then IPv6. Nothing of an output that has not the form we know. */
export async function readDefaultRoutes(machine: Machine): Promise<readonly DefaultRoute[]> {
  const { output } = await machine.run('netstat', ['-rn', '--libxo', 'json']);
  const families = list(parseJson(output), 'statistics', 'route-information', 'route-table', 'rt-family');
  return families.flatMap((table) => {
    const family = familyNames.get(member(table, 'address-family'));
    return family === undefined ? [] : list(table, 'rt-entry').flatMap((entry) => defaultRoute(entry, family));
  });
}

const familyNames: ReadonlyMap<unknown, IpFamily> = new Map([
  ['Internet', 'ipv4'],
  ['Internet6', 'ipv6'],
]);

function defaultRoute(entry: unknown, family: IpFamily): readonly DefaultRoute[] {
  const text = (name: string) => {
    const found = member(entry, name);
    return typeof found === 'string' ? found : '';
  };
  const isRejected = /[RB]/.test(text('flags'));
  if (text('destination') !== 'default' || isRejected) return [];
  const gateway = withoutScope(text('gateway'));
  return [{ adapter: text('interface-name'), family, gateway: isIP(gateway) ? gateway : undefined, metric: 0 }];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The list at the end of a path of names; empty if the path leads elsewhere. */
function list(value: unknown, ...names: readonly string[]): readonly unknown[] {
  const found = names.reduce(member, value);
  return Array.isArray(found) ? found : [];
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
