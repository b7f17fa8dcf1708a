import { type Machine, readBytes } from '../../platform/machine.ts';
import type { IpAddress } from '../parse.ts';
import { fileModes, type PlannedFile } from '../plan.ts';

const path = '/etc/resolv.conf';

/** resolv.conf(5) with these servers in the place of those that it has; nothing else of it changes. */
export function resolverFile(
  servers: readonly IpAddress[],
  machine: Machine,
): { readonly files: readonly PlannedFile[] } {
  const former = readBytes(machine, path);
  const text = withServers(former ?? '', servers);
  return former === text ? { files: [] } : { files: [{ path, text, mode: fileModes.public }] };
}

const serverLine = /^[ \t]*nameserver[ \t]/;

function withServers(text: string, servers: readonly IpAddress[]): string {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  const first = lines.findIndex((line) => serverLine.test(line));
  const own = servers.map(({ address }) => `nameserver ${address}`);
  const place = first < 0 ? lines.length : first;
  const isOther = (line: string): boolean => !serverLine.test(line);
  return [...lines.slice(0, place), ...own, ...lines.slice(place).filter(isOther), ''].join('\n');
}
