import { expect, it } from 'vitest';
import { readAdapters } from '../../../../src/platform/linux/adapters.ts';
import { fakeMachine } from '../fake-machine.ts';

it('reads all interfaces with a MAC address from /sys, and the GUID of those on the VMBus', () => {
  const machine = fakeMachine({
    files: {
      '/sys/class/net/eth0/address': '00:15:5d:01:02:0a\n',
      '/sys/class/net/eth0/type': '1\n',
      '/sys/class/net/eth0/device/device_id': '{F8B3781B-1E82-4818-A1C3-63D806EC15BB}\n',
      '/sys/class/net/enP1s1/address': '00:15:5d:01:02:0a\n',
      '/sys/class/net/enP1s1/type': '1\n',
      '/sys/class/net/enP1s1/device/device': '0x1016\n',
      '/sys/class/net/lo/address': '00:00:00:00:00:00\n',
      '/sys/class/net/lo/type': '772\n',
      '/sys/class/net/wg0/address': '\n',
      '/sys/class/net/wg0/type': '65534\n',
      '/sys/class/net/bonding_masters': 'bond0\n',
    },
  });
  expect(readAdapters(machine)).toEqual([
    { name: 'enP1s1', mac: '00:15:5d:01:02:0a', guid: undefined },
    { name: 'eth0', mac: '00:15:5d:01:02:0a', guid: 'f8b3781b-1e82-4818-a1c3-63d806ec15bb' },
  ]);
});
