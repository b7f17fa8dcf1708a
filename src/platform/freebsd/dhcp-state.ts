import { ask } from '../ask.ts';
import type { Machine } from '../machine.ts';
import { hasDhclientLease } from '../network-managers/dhclient.ts';
import { readRcFiles, valuesIn } from '../network-managers/rc-conf.ts';

/** Whether DHCP is on, as rc.conf(5) says, or else the adapter's lease; undefined if neither does. */
export async function readDhcpState(machine: Machine, adapter: string): Promise<boolean | undefined> {
  const variables = [`ifconfig_${adapter.replace(/\W/g, '_')}`, 'ifconfig_DEFAULT'];
  const written = valuesIn(readRcFiles(machine));
  const isPlain = variables.some((name) => written.has(name)) && variables.every((name) => isKnown(name, written));
  const settings = isPlain ? written : await expanded(machine, variables);
  const setting = variables.map((name) => settings.get(name)).find((value) => value !== undefined);
  if (setting !== undefined) return /\b(no)?(sync)?dhcp\b/i.test(setting);
  return hasDhclientLease(machine, adapter, [`/var/db/dhclient.leases.${adapter}`]);
}

/** Whether no shell is needed to say what a variable is. */
function isKnown(name: string, values: ReadonlyMap<string, string | undefined>): boolean {
  return !values.has(name) || values.get(name) !== undefined;
}

/** By sysrc(8), which has a shell read all files, those of the system's makers too. */
async function expanded(machine: Machine, variables: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { output } = await ask(machine, 'sysrc', ['-i', ...variables]);
  return new Map(Array.from(output.matchAll(/^(\w+): (.*)$/gm), ([, name = '', value = '']) => [name, value]));
}
