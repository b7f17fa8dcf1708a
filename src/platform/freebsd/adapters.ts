import type { Adapter } from '../adapter.ts';
import { ask } from '../ask.ts';
import type { Machine } from '../machine.ts';

/** All interfaces with a MAC address, up or down; of Hyper-V's, sysctl(8) has the GUID. */
export async function readAdapters(machine: Machine): Promise<readonly Adapter[]> {
  const listed = listInterfaces((await ask(machine, 'ifconfig', ['-a'])).output);
  const interfaces = listed.length > 0 ? listed : interfacesInUse(machine);
  const guids = await readGuids(
    machine,
    interfaces.map(({ name }) => name),
  );
  return interfaces.map(({ name, mac }) => ({ name, mac, guid: guids.get(name) }));
}

interface NameAndMac {
  readonly name: string;
  readonly mac: string;
}

function listInterfaces(output: string): readonly NameAndMac[] {
  return output.split(/^(?=\S)/m).flatMap((block) => {
    const name = /^(\S+): flags=/.exec(block)?.[1];
    const mac = /^\s+ether (\S+)/m.exec(block)?.[1];
    return name === undefined || mac === undefined ? [] : [{ name, mac: mac.toLowerCase() }];
  });
}

/** What is left to know where ifconfig(8) is missing: the interfaces that are up and have addresses. */
function interfacesInUse(machine: Machine): readonly NameAndMac[] {
  return Object.entries(machine.networkInterfaces()).flatMap(([name, addresses]) => {
    const first = addresses?.find(({ internal }) => !internal);
    return first === undefined ? [] : [{ name, mac: first.mac.toLowerCase() }];
  });
}

/** The GUIDs by interface name, of the lines `dev.hn.0.%pnpinfo: classid=… deviceid=…`. */
async function readGuids(machine: Machine, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const variables = names.flatMap((name) => {
    const unit = /^hn(\d+)$/.exec(name)?.[1];
    return unit === undefined ? [] : [`dev.hn.${unit}.%pnpinfo`];
  });
  if (variables.length === 0) return new Map();
  const { output } = await ask(machine, 'sysctl', variables);
  const lines = output.matchAll(/^dev\.hn\.(\d+)\.%pnpinfo:.*\bdeviceid=([\da-f-]+)/gim);
  return new Map(Array.from(lines, ([, unit, guid = '']) => [`hn${unit}`, guid.toLowerCase()]));
}
