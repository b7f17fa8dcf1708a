import assert from 'node:assert/strict';
import { Status } from '../../../../src/message/status.ts';
import { PoolNumber } from '../../../../src/message/pool.ts';
import { mac } from './ip-information.ts';
import type { Lab } from './lab.ts';
import { shell } from './shell.ts';

/** Of the adapter that the host adds while the guest runs. */
export const second = { mac: '00:15:5D:01:02:0B', guid: '{7b21c0de-35a9-4f0c-9d61-0e84f253b81a}' };

/** What the host is told of a machine. */
interface Told {
  readonly ipv4: string;
  readonly ipv6: string;
  /** By GET_IP_INFO of a MAC address. */
  readonly adapters: Readonly<Record<string, { readonly addresses: string; readonly gateways: string }>>;
}

/** Kinds of interfaces that a namespace of the machine that runs tests may lack, made by the modules of Debian's own kernel. */
export async function checkInterfaceKinds(lab: Lab): Promise<void> {
  await shell(beside);
  for (const { what, make, told, undo } of kinds) {
    await lab.check(`the host is told ${what}`, async () => {
      try {
        await shell(make);
        assert.deepEqual(await whatIsTold(lab, told), told);
      } finally {
        await shell(undo);
      }
    });
  }
  await shell('ip link delete service\n');
}

async function whatIsTold({ host }: Lab, { adapters }: Told): Promise<Told> {
  const key = async (name: string): Promise<string> => String((await host.get(PoolNumber.auto, name)).value);
  const found: Record<string, { addresses: string; gateways: string }> = {};
  for (const adapterId of Object.keys(adapters)) {
    const { status, value } = await host.getIpInfo(adapterId);
    assert.ok(value, `GET_IP_INFO of ${adapterId} answers ${status}, not ${Status.ok}`);
    found[adapterId] = { addresses: value.addresses, gateways: value.gateways };
  }
  return { ipv4: await key('NetworkAddressIPv4'), ipv6: await key('NetworkAddressIPv6'), adapters: found };
}

/** Older than all that follows: were nothing known of its kind, the kernel's order would put it before them. */
const beside = `
modprobe -d "$KERNEL_MODULES" -a 8021q bonding dummy tun vrf wireguard
ip link add service type dummy
ip link set service addrgenmode none
ip link set service up
ip address add 203.0.113.9/32 dev service
`;

/** Makes eth0 as it was from the start. */
const former = `
ip address flush dev eth0
ip link set eth0 up
ip address add 192.0.2.10/24 dev eth0
ip -6 address replace 2001:db8::10/64 dev eth0 nodad
ip route replace default via 192.0.2.1 dev eth0
ip -6 route replace default via 2001:db8::1 dev eth0
`;

export const addSecond = `
echo add > /sys/class/misc/vmbus_host/adapter
ip link set eth1 addrgenmode none
`;
export const removeSecond = 'echo remove > /sys/class/misc/vmbus_host/adapter\n';

const vlans = `
for vlan in 5 6; do
  ip link add link eth0 name vlan$vlan type vlan id $vlan
  ip link set vlan$vlan addrgenmode none
  ip link set vlan$vlan up
  ip address add 10.$vlan.0.4/24 dev vlan$vlan
done
`;
const removeVlans = 'for vlan in 5 6; do ip link delete vlan$vlan; done\n';

const eth0 = { addresses: '192.0.2.10;2001:db8::10', gateways: '192.0.2.1;2001:db8::1;' };

const kinds: readonly { what: string; make: string; told: Told; undo: string }[] = [
  {
    what: 'the address of an adapter before those of its VLANs',
    make: vlans,
    told: { ipv4: '192.0.2.10;10.5.0.4;10.6.0.4;203.0.113.9', ipv6: '2001:db8::10', adapters: { [mac]: eth0 } },
    undo: removeVlans,
  },
  {
    what: 'the addresses of both VLANs for those of their adapter, which has none',
    make: `${vlans}ip address flush dev eth0\nip -6 route delete default\nip route add default via 10.6.0.1\n`,
    told: {
      ipv4: '10.6.0.4;10.5.0.4;203.0.113.9',
      ipv6: '',
      adapters: { [mac]: { addresses: '10.5.0.4;10.6.0.4', gateways: '10.6.0.1;' } },
    },
    undo: `${removeVlans}${former}`,
  },
  {
    what: 'the addresses of a bond first, and for those of each of its ports',
    make: `${addSecond}
ip address flush dev eth0
ip link add bond0 type bond mode active-backup
for port in eth0 eth1; do
  ip link set $port down
  ip link set $port master bond0
done
ip link set bond0 addrgenmode none
ip link set bond0 up
ip address add 10.0.0.4/24 dev bond0
ip address add 2001:db8:b::4/64 dev bond0 nodad
ip route add 0.0.0.0/1 via 10.0.0.1
`,
    told: {
      ipv4: '10.0.0.4;203.0.113.9',
      ipv6: '2001:db8:b::4',
      adapters: {
        [mac]: { addresses: '10.0.0.4;2001:db8:b::4', gateways: '' },
        [second.mac]: { addresses: '10.0.0.4;2001:db8:b::4', gateways: '' },
      },
    },
    undo: `ip link delete bond0\n${removeSecond}${former}`,
  },
  {
    what: 'the address of a VRF’s member after that of the adapter with the main table’s default route',
    make: `${addSecond}
ip link add mgmt type vrf table 10
ip link set mgmt up
ip link set eth1 master mgmt
ip link set eth1 up
ip address add 198.51.100.4/24 dev eth1
ip address add 2001:db8:c::4/64 dev eth1 nodad
ip route add default via 198.51.100.1 dev eth1 table 10 metric 1
ip -6 route add default via 2001:db8:c::1 dev eth1 table 10 metric 1
ip route delete default
ip route add default via 192.0.2.1 dev eth0 metric 100
`,
    told: {
      ipv4: '192.0.2.10;198.51.100.4;203.0.113.9',
      ipv6: '2001:db8::10;2001:db8:c::4',
      adapters: {
        [mac]: eth0,
        [second.mac]: { addresses: '198.51.100.4;2001:db8:c::4', gateways: '198.51.100.1;2001:db8:c::1;' },
      },
    },
    undo: `ip link delete mgmt\n${removeSecond}ip route delete default\n${former}`,
  },
  {
    what: 'the addresses of an adapter once, where it has an SR-IOV function',
    make: withFunction(''),
    told: { ipv4: '192.0.2.10;203.0.113.9', ipv6: '2001:db8::10', adapters: { [mac]: eth0 } },
    undo: 'rmmod virtio_net\n',
  },
  {
    what: 'the addresses of an adapter for those of its MAC address, where its SR-IOV function has one of its own',
    make: withFunction('ip address add 192.0.2.99/24 dev enP1s0\n'),
    told: { ipv4: '192.0.2.10;192.0.2.99;203.0.113.9', ipv6: '2001:db8::10', adapters: { [mac]: eth0 } },
    undo: 'rmmod virtio_net\n',
  },
  {
    what: 'the addresses of VPNs last, though theirs are the better default routes, and whatever their names',
    make: `
ip link add office type wireguard
ip tuntap add remote mode tun
ip address add 10.8.0.2/24 dev office
ip address add 10.9.0.2/24 dev remote
ip -6 address add fd00::2/64 dev office nodad
for vpn in office remote; do ip link set $vpn up; done
ip route delete default
ip route add default via 192.0.2.1 dev eth0 metric 100
ip route add default dev office metric 1
ip route add default dev remote metric 2
ip -6 route add default dev office metric 1
`,
    told: {
      ipv4: '192.0.2.10;203.0.113.9;10.8.0.2;10.9.0.2',
      ipv6: '2001:db8::10;fd00::2',
      adapters: { [mac]: eth0 },
    },
    undo: `ip link delete office\nip link delete remote\nip route delete default\n${former}`,
  },
];

/** QEMU's adapter has the MAC address of eth0, and the bus makes it a port of eth0. */
export function withFunction(further: string): string {
  return `
modprobe -d "$KERNEL_MODULES" virtio_net
test -e /sys/class/net/eth0/lower_eth1
ip link set eth1 name enP1s0
ip link set enP1s0 up
ip link show dev enP1s0 | grep -q 'SLAVE.* master eth0 '
${further}`;
}
