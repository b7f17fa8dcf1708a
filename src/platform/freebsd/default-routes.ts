import { parseJson } from '../../message/json.ts';
import type { DefaultRoute, IpFamily } from '../adapter.ts';
import { isAddress } from '../address-form.ts';
import { withoutScope } from '../addresses.ts';
import { ask } from '../ask.ts';
import type { Machine } from '../machine.ts';

/** The default routes of netstat(1), best first. Nothing of an output that has not the form we know. */
export async function readDefaultRoutes(machine: Machine, family: IpFamily): Promise<readonly DefaultRoute[]> {
  const { output } = await ask(machine, 'netstat', ['-rn', '-f', familyOptions[family], '--libxo', 'json']);
  const tables = list(parseJson(output), ['statistics', 'route-information', 'route-table', 'rt-family']);
  return tables.flatMap((table) => list(table, ['rt-entry'])).flatMap(defaultRoute);
}

const familyOptions: Readonly<Record<IpFamily, string>> = { ipv4: 'inet', ipv6: 'inet6' };

function defaultRoute(entry: unknown): readonly DefaultRoute[] {
  const adapter = text(entry, 'interface-name');
  if (text(entry, 'destination') !== 'default' || adapter === '' || isRejected(text(entry, 'flags'))) return [];
  const gateway = withoutScope(text(entry, 'gateway'));
  return [{ adapter, gateway: isAddress(gateway) ? gateway : undefined }];
}

/** RTF_REJECT and RTF_BLACKHOLE as netstat(1) shows them. */
function isRejected(flags: string): boolean {
  return /[RB]/.test(flags);
}

/** The list at the end of a path of names; empty if the path leads elsewhere. */
function list(value: unknown, names: readonly string[]): readonly unknown[] {
  const found = names.reduce(member, value);
  return Array.isArray(found) ? found : [];
}

function text(value: unknown, name: string): string {
  const found = member(value, name);
  return typeof found === 'string' ? found : '';
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
