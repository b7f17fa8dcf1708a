import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

/** In capitals: the C daemon knows no others. */
export const adapterMac = '00:15:5D:00:00:01';

/** One adapter as a guest has it: two addresses of each family, a default route of each. */
const script = `
link set lo up
link add eth0 address ${adapterMac.toLowerCase()} type veth peer name far0
link set far0 up
link set eth0 up
address add 192.0.2.10/24 dev eth0
address add 192.0.2.11/24 dev eth0
address add 2001:db8::10/64 dev eth0 nodad
address add 2001:db8::11/64 dev eth0 nodad
route add default via 192.0.2.1
route add default via 2001:db8::1
`;

/** Sets up the network of a private machine; as on a guest that runs for a while, nothing changes by itself any more. */
export function setUpNetwork() {
  // Else link-local addresses are tried out for some seconds.
  writeFileSync('/proc/sys/net/ipv6/conf/default/accept_dad', '0');
  run(script);
}

/** Adds adapters with an address each, so that there are `count` where `present` were. @param {number} present @param {number} count */
export function addAdapters(present, count) {
  for (let number = present; number < count; number += 1) {
    run(`link add link eth0 name lan${number} type macvlan
link set lan${number} up
address add 198.18.${number >> 8}.${number & 255}/32 dev lan${number}
`);
  }
}

/** @param {string} lines each a command of ip */
function run(lines) {
  execFileSync('ip', ['-batch', '-'], { input: lines });
}
