import { readAssignments } from '../assignments.ts';
import type { Machine } from '../machine.ts';

/** Red Hat's and SUSE's folders. */
const folders = ['/etc/sysconfig/network-scripts', '/etc/sysconfig/network'];

/** Whether the adapter's ifcfg file has it use DHCP; undefined if it has none. */
export function ifcfgUsesDhcp(machine: Machine, adapter: string): boolean | undefined {
  for (const folder of folders) {
    const settings = readAssignments(machine, `${folder}/ifcfg-${adapter}`);
    if (settings) return /^(bootp|dhcp|dhcp4)\b/i.test(settings.get('BOOTPROTO') ?? '');
  }
  return undefined;
}
