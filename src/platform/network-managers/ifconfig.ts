import type { LinkState } from '../../device/native.ts';
import { ask } from '../ask.ts';
import type { Machine } from '../machine.ts';

/** All interfaces, with what each is a port of, as FreeBSD's ifconfig(8) prints it. */
export async function readLinkStates(machine: Machine): Promise<readonly LinkState[]> {
  const blocks = (await ask(machine, 'ifconfig', ['-a'])).output.split(/^(?=\S)/m);
  const masters = new Map(blocks.flatMap(portsIn));
  return blocks.flatMap((block) => {
    const { name, flags = '' } = /^(?<name>\S+): flags=\w+<(?<flags>[^>]*)>/.exec(block)?.groups ?? {};
    if (name === undefined) return [];
    const isUp = flags.split(',').includes('UP');
    const hasCarrier = !/^\s+status: no carrier$/m.test(block);
    const permanentMac = /^\s+hwaddr ([\da-f:]+)$/m.exec(block)?.[1] ?? '';
    return [{ name, kind: kindOf(name), master: masters.get(name) ?? '', permanentMac, isUp, hasCarrier }];
  });
}

/** "laggport: hn0 flags=…" of lagg(4), "member: hn0 flags=…" of if_bridge(4). */
function portsIn(block: string): readonly (readonly [string, string])[] {
  const master = /^(\S+): flags=/.exec(block)?.[1] ?? '';
  return Array.from(block.matchAll(/^\s+(?:laggport|member): (\S+)/gm), ([, port = '']) => [port, master]);
}

/** FreeBSD makes a name of the driver's and a number; a VLAN may also be called for its adapter, as hn0.5. */
export function kindOf(name: string): string {
  const [, driver = ''] = /^(\D+)\d/.exec(name) ?? [];
  return kinds.get(driver) ?? '';
}

/** Drivers of what is not hardware. */
const kinds: ReadonlyMap<string, string> = new Map([
  ['lagg', 'bond'],
  ['bridge', 'bridge'],
  ['vlan', 'vlan'],
  ['wg', 'wireguard'],
  ['tun', 'tun'],
  ['tap', 'tun'],
  ['gif', 'tunnel'],
  ['gre', 'tunnel'],
  ['vxlan', 'vxlan'],
  ['ovpn', 'tun'],
  ['epair', 'veth'],
]);
