import { ask } from '../ask.ts';
import type { Machine } from '../machine.ts';
import { hasDhclientLease } from '../network-managers/dhclient.ts';

/** Whether DHCP is on, as rc.conf(5) says, or else the adapter's lease; undefined if neither does. */
export async function readDhcpState(machine: Machine, adapter: string): Promise<boolean | undefined> {
  const variables = [`ifconfig_${adapter.replace(/\W/g, '_')}`, 'ifconfig_DEFAULT'];
  const { output } = await ask(machine, 'sysrc', ['-i', ...variables]);
  const settings = new Map(
    Array.from(output.matchAll(/^(\w+): (.*)$/gm), ([, name = '', value = '']) => [name, value]),
  );
  const setting = variables.map((name) => settings.get(name)).find((value) => value !== undefined);
  if (setting !== undefined) return /\b(no)?(sync)?dhcp\b/i.test(setting);
  return hasDhclientLease(machine, adapter, [`/var/db/dhclient.leases.${adapter}`]);
}
