import type { Machine } from '../machine.ts';

const timeoutMs = 30_000;

/** What the system's resolver calls this host: the canonical name that getent(1) prints after the address. */
export async function lookUpDomainName(
  machine: Machine,
  hostName: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { status, output } = await machine.run('getent', ['hosts', hostName], { timeoutMs, signal });
  return status === 0 ? output.trim().split(/\s+/)[1] : undefined;
}
