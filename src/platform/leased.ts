import type { Machine } from './machine.ts';

/** Whether the kernel has a lifetime for an IPv4 address of the adapter, as for what a DHCP client sets. Never false: some set none. */
export async function hasLifetime(machine: Machine, adapter: string): Promise<true | undefined> {
  const state = await machine.networkState?.();
  const isLeased = state?.addresses.some(
    ({ link, family, isDynamic }) => link === adapter && family === 'ipv4' && isDynamic,
  );
  return isLeased === true ? true : undefined;
}
