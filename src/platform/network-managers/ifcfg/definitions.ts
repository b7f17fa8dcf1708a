import { parseAssignments } from '../../assignments.ts';
import type { Adapter } from '../../adapter.ts';
import { existsBelow, listFolder, type Machine, readBytes, readText } from '../../machine.ts';

export const folder = '/etc/sysconfig/network-scripts';

/** Whether Red Hat's scripts run. Debian's programs have the same names, and a stray file is there soon. */
export function hasScripts(machine: Machine): boolean {
  return existsBelow(machine, `${folder}/network-functions`) && existsBelow(machine, '/var/lock/subsys/network');
}

/** An ifcfg file that the scripts read. */
export interface Definition {
  readonly path: string;
  /** What ifup(8) calls it. */
  readonly name: string;
  readonly text: string;
  readonly values: ReadonlyMap<string, string>;
}

/** Names that the scripts leave out. */
const leftOut = /(~|\.(bak|old|orig|rpmnew|rpmorig|rpmsave|swp))$/;

export function readDefinitions(machine: Machine): readonly Definition[] {
  return listFolder(machine, folder).flatMap((file) => {
    const [, name] = /^ifcfg-(.+)$/.exec(file) ?? [];
    const path = `${folder}/${file}`;
    const text = name === undefined || leftOut.test(file) ? undefined : readBytes(machine, path);
    return name === undefined || text === undefined ? [] : [{ path, name, text, values: parseAssignments(text) }];
  });
}

/** The adapter's own: by its MAC address, else by its name unless the file is for another MAC address that is there. */
export function definitionOf(
  { name, mac }: Pick<Adapter, 'name' | 'mac'>,
  definitions: readonly Definition[],
  machine: Machine,
): Definition | undefined {
  const own = definitions.filter(({ values }) => !(values.get('DEVICE') ?? '').includes(':'));
  const byMac = own.find(({ values }) => values.get('HWADDR')?.toLowerCase() === mac);
  if (byMac !== undefined) return byMac;
  const byName = own.find(({ values, name: file }) => (values.get('DEVICE') ?? file) === name);
  const other = byName?.values.get('HWADDR')?.toLowerCase();
  return other !== undefined && isPresent(other, machine) ? undefined : byName;
}

/** `eth0:1` and ranges: their addresses come with the adapter's. */
export function aliasesOf(name: string, definitions: readonly Definition[]): readonly Definition[] {
  return definitions.filter(
    ({ values, name: file }) =>
      (values.get('DEVICE') ?? file).startsWith(`${name}:`) || file.startsWith(`${name}-range`),
  );
}

/** VLANs and ports that are up: they go with the adapter, and do not come back with it. */
export function dependentsOf(
  name: string,
  definitions: readonly Definition[],
  machine: Machine,
): readonly Definition[] {
  return definitions.filter(({ values, name: file }) => {
    const device = values.get('DEVICE') ?? file;
    const isVlan = values.get('PHYSDEV') === name || new RegExp(`^${escaped(name)}\\.\\d+$`).test(device);
    const isPort = values.get('BRIDGE') === name;
    return (isVlan || isPort) && existsBelow(machine, `/sys/class/net/${device}`);
  });
}

function isPresent(mac: string, machine: Machine): boolean {
  const adapters = listFolder(machine, '/sys/class/net');
  return adapters.some((name) => readText(machine, `/sys/class/net/${name}/address`)?.trim() === mac);
}

function escaped(text: string): string {
  return text.replace(/[^\w]/g, '\\$&');
}
