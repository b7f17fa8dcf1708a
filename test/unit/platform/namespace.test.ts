import { describe, expect, it } from 'vitest';
import { networkAddresses } from '../../../src/auto-keys/network-addresses.ts';
import { readIpInformation } from '../../../src/ip-information/read.ts';
import { platform } from '../../../src/platform/platform.ts';
import { namespaceMachine } from './namespace.ts';

const network = `
ip link set lo up
ip addr add 192.0.2.99/32 dev lo
ip link add docker0 type bridge
ip addr add 172.17.0.1/16 dev docker0
ip link add eth10 address 00:15:5d:00:00:10 type veth peer name far10
ip link add eth1 address 00:15:5d:00:00:01 type veth peer name far1
ip link add eth2 address 00:15:5d:00:00:02 type veth peer name far2
ip link add vf1 address 00:15:5d:00:00:01 type veth peer name farvf
ip link set far1 master docker0
for name in docker0 eth10 far10 eth1 far1 vf1 farvf far2; do ip link set $name up; done
ip addr add 10.10.0.4/16 dev eth10
ip addr add 10.1.0.4/24 dev eth1
ip addr add 10.1.0.5/24 dev eth1 label eth1:backup
ip addr add 2001:db8:1::4/64 dev eth1 nodad
ip addr add 10.2.0.4/24 dev eth2
ip route add default via 10.10.0.1 dev eth10 metric 200
ip route add default via 10.1.0.1 dev eth1 metric 100
ip route add default via 10.1.0.2 dev eth1 metric 300
ip -6 route add default via fe80::1 dev eth1 metric 50
ip route add unreachable default metric 9000
`;

describe('in a network of the real kernel', () => {
  it('the addresses begin with the adapter of the default route and end with the docker bridge', async () => {
    const linux = platform('linux', namespaceMachine(network));
    expect(await networkAddresses(linux, 'ipv4')).toBe('10.1.0.4;10.1.0.5;10.10.0.4;172.17.0.1');
    expect(await networkAddresses(linux, 'ipv6')).toMatch(/^2001:db8:1::4(;fe80:[^;]*)*$/);
  });

  it('an adapter is told from its virtual function, eth1 from eth10, and its aliases are its own', async () => {
    const linux = platform('linux', namespaceMachine(network));
    for (const adapterId of ['00:15:5D:00:00:01', 'eth1']) {
      const value = await readIpInformation(linux, adapterId);
      expect(value).toMatchObject({ adapterId, addressFamily: 3, gateways: '10.1.0.1;10.1.0.2;fe80::1;' });
      expect(value?.addresses).toMatch(/^10\.1\.0\.4;10\.1\.0\.5;2001:db8:1::4(;fe80:[^;]*)?$/);
      expect(value?.subnets).toMatch(/^255\.255\.255\.0;255\.255\.255\.0;\/64(;\/64)?$/);
    }
    expect(await readIpInformation(linux, '00-15-5d-00-00-10')).toMatchObject({ gateways: '10.10.0.1;' });
  });

  it('an adapter that is down is known and has no addresses', async () => {
    const linux = platform('linux', namespaceMachine(network));
    expect(await readIpInformation(linux, '00:15:5D:00:00:02')).toMatchObject({ addressFamily: 0, addresses: '' });
  });

  it('the loopback is no adapter and its addresses are none', async () => {
    const linux = platform('linux', namespaceMachine(network));
    expect(await readIpInformation(linux, '00:00:00:00:00:00')).toBeUndefined();
    expect(linux.readAddresses().map(({ address }) => address)).not.toContain('192.0.2.99');
  });

  it('a machine without a network has no addresses and no adapters', async () => {
    const linux = platform('linux', namespaceMachine(''));
    expect(await networkAddresses(linux, 'ipv4')).toBe('');
    expect(await networkAddresses(linux, 'ipv6')).toBe('');
    expect(await linux.readAdapters()).toEqual([]);
  });
});
