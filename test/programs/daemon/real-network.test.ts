import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startSimulator } from '../../../src/simulator/simulator.ts';
import { DaemonProcess, daemonProgram } from '../../support/daemon-process.ts';
import { namespaces, needs } from '../../support/needs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const mac = '00:15:5d:01:02:0a';

/** An adapter with a default route; its other end is there, too, so that it is connected. */
const adapter = `
mount -t sysfs none /sys
ip link set lo up
ip link add eth0 address ${mac} type veth peer name far
ip link set far up
ip link set eth0 up
ip address add 10.0.0.4/24 dev eth0
ip route add default via 10.0.0.1 metric 100
`;

/** The built daemon in a network of its own, of the kernel's real interfaces, and its host. */
async function guest(script: string) {
  needs(namespaces);
  const folder = temporaryFolder();
  const device = join(folder, 'device');
  const simulator = startSimulator({ system: 'linux', path: device });
  const words = ['--platform', 'linux', '--device', device, '--pool-dir', join(folder, 'pools')];
  const inside = ['unshare', '--net', '--mount', 'sh', '-ec', `${adapter}${script}exec "$@"`, 'sh'] as const;
  const daemon = new DaemonProcess(words, {}, [...inside, process.execPath, daemonProgram]);
  onTestFinished(() => {
    simulator.close();
    expect(simulator.violations).toEqual([]);
  });
  await daemon.living(simulator.host.negotiate());
  await daemon.living(simulator.daemonConnected());
  const { host } = simulator;
  return { host, told: async (key: string) => String((await host.get(2, key)).value).split(';') };
}

it.each([
  {
    what: 'a VPN whose default route is better',
    script: `
ip tuntap add wg0 mode tun
ip link set wg0 up
ip address add 10.8.0.2/24 dev wg0
ip route add default dev wg0 metric 50
`,
    others: ['10.8.0.2'],
  },
  {
    what: 'a VPN that splits the world in two halves, and a bridge of containers with a port',
    script: `
ip tuntap add tun0 mode tun
ip link set tun0 up
ip address add 10.8.0.2/24 dev tun0
ip route add 0.0.0.0/1 dev tun0
ip route add 128.0.0.0/1 dev tun0
ip link add docker0 type bridge
ip address add 172.17.0.1/16 dev docker0
ip link add veth1234 type veth peer name inside
ip link set veth1234 master docker0
ip link set docker0 up
`,
    others: ['10.8.0.2', '172.17.0.1'],
  },
  {
    what: 'an overlay',
    script: `
ip link add vxlan.calico type vxlan id 4096 dev eth0 dstport 4789
ip link set vxlan.calico up
ip address add 192.168.1.0/32 dev vxlan.calico
`,
    others: ['192.168.1.0'],
  },
  {
    what: 'a macvlan',
    script: `
ip link add mac0 link eth0 type macvlan mode bridge
ip link set mac0 up
ip address add 10.0.0.9/24 dev mac0
`,
    others: ['10.0.0.9'],
  },
  {
    what: 'a second address',
    script: 'ip address add 10.0.0.5/24 dev eth0\n',
    others: ['10.0.0.5'],
  },
])('the host is told the adapter’s address first, beside $what', async ({ script, others }) => {
  const { told } = await guest(script);
  const [first, ...rest] = await told('NetworkAddressIPv4');
  expect(first).toBe('10.0.0.4');
  expect(rest.toSorted()).toEqual(others);
});

it('an address that is about to go comes after one in use, though the kernel has it first', async () => {
  const { told } = await guest(`
ip -6 address add 2001:db8::dead/64 dev eth0 preferred_lft 0 valid_lft forever nodad
ip -6 address add 2001:db8::4/64 dev eth0 nodad
`);
  const [first, ...rest] = await told('NetworkAddressIPv6');
  expect(first).toBe('2001:db8::4');
  expect(rest).toContain('2001:db8::dead');
});

it('the default routes of other tables count neither for the order nor as gateways', async () => {
  const { told, host } = await guest(`
ip -6 address add 2001:db8::4/64 dev eth0 nodad
ip -6 route add default via 2001:db8::1 dev eth0 metric 100
ip tuntap add wg0 mode tun
ip link set wg0 up
ip -6 address add fd00::2/64 dev wg0 nodad
ip -6 route add default dev wg0 table 51820 metric 10
ip -6 route add default via 2001:db8::2 dev eth0 table 101 metric 10
`);
  expect((await told('NetworkAddressIPv6'))[0]).toBe('2001:db8::4');
  expect((await host.getIpInfo(mac)).value).toMatchObject({ gateways: '10.0.0.1;2001:db8::1;' });
});

it('an adapter is found by the MAC address of its bridge, and DHCP by the lifetime of the address', async () => {
  const { host } = await guest(`
ip address del 10.0.0.4/24 dev eth0
ip link add br0 type bridge
ip link set eth0 master br0
ip link set br0 up
ip address add 10.0.0.4/24 dev br0 valid_lft 3600 preferred_lft 3600
`);
  expect(await host.getIpInfo(mac)).toMatchObject({
    value: { addresses: expect.stringMatching(/^10\.0\.0\.4(;|$)/) as string, dhcpEnabled: true },
  });
});

it('the addresses of 300 interfaces are told in under 10 ms while nothing changes', async () => {
  // No bridges: the kernel needs 20 ms to remove each, and until it is done no program on the machine is told anything of its network.
  const { host, told } = await guest(`
for i in $(seq 150); do
  echo "link add one$i type veth peer name other$i"
  echo "address add 10.1.$i.1/32 dev one$i"
  echo "address add 10.2.$i.1/32 dev other$i"
  echo "link set one$i up"
  echo "link set other$i up"
done | ip -batch -
`);
  expect((await told('NetworkAddressIPv4'))[0]).toBe('10.0.0.4');
  // What the kernel reports of new interfaces goes on for a while.
  const medianMs = async (): Promise<number | undefined> => {
    const times: number[] = [];
    for (let count = 0; count < 21; count += 1) {
      const start = performance.now();
      await host.get(2, 'NetworkAddressIPv4');
      times.push(performance.now() - start);
    }
    return times.toSorted((one, other) => one - other)[10];
  };
  await expect.poll(medianMs, { timeout: 10_000, interval: 500 }).toBeLessThan(10);
});
