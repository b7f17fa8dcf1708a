import { readAssignments } from '../../assignments.ts';
import { type Machine, readText } from '../../machine.ts';
import { isRunning } from '../../processes.ts';
import { definitionOf, hasScripts, readDefinitions } from './definitions.ts';

/** Whether the adapter's ifcfg file, of Red Hat's scripts, of NetworkManager there or of SUSE's wicked, has it use DHCP; undefined if it has none. */
export function ifcfgUsesDhcp(machine: Machine, adapter: string): boolean | undefined {
  const mac = readText(machine, `/sys/class/net/${adapter}/address`)?.trim() ?? '';
  const isRead = hasScripts(machine) || isRunning(machine, 'NetworkManager');
  const own = isRead ? definitionOf({ name: adapter, mac }, readDefinitions(machine), machine) : undefined;
  const settings = own?.values ?? readAssignments(machine, `/etc/sysconfig/network/ifcfg-${adapter}`);
  return settings && /^(bootp|dhcp|dhcp4)\b/i.test(settings.get('BOOTPROTO') ?? '');
}
