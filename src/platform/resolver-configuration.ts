import { isAddress } from './address-form.ts';
import { withoutScope } from './addresses.ts';
import { type Machine, readText } from './machine.ts';

/** The name servers in a file of the form of resolv.conf(5). */
export function readResolverConfiguration(machine: Machine, path: string): readonly string[] {
  const lines = readText(machine, path)?.matchAll(/^[ \t]*nameserver[ \t]+(\S+)/gm) ?? [];
  return parseNameServers(Array.from(lines, ([, server = '']) => server));
}

/** The addresses in systemd's forms of a server: `1.1.1.1`, `1.1.1.1:53#name`, `[fe80::1%eth0]:53#name`. */
export function parseNameServers(servers: readonly string[]): readonly string[] {
  const addresses = servers.map((server) => {
    const [, bracketed, plain = ''] = /^(?:\[([^\]]*)\]|(\d+\.[\d.]+|[^#]*))/.exec(server) ?? [];
    return withoutScope(bracketed ?? plain);
  });
  return [...new Set(addresses)].filter(isAddress);
}

/** Whether a server is on this machine, as a stub that knows the true ones. */
export function isLoopbackServer(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}
