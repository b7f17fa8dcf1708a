import type { Machine } from '../machine.ts';

const timeoutMs = 30_000;

/**
 * What the system's resolver calls this host, as `hostname -f` prints it, which asks for the canonical name as the stock daemon
 * does. Unlike `getent hosts` it takes the name of /etc/hosts even where nss-myhostname would answer for IPv6 with the short one.
 */
export async function lookUpDomainName(
  machine: Machine,
  _hostName: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { status, output } = await machine.run('hostname', ['-f'], { timeoutMs, signal });
  return status === 0 ? output.trim() : undefined;
}
