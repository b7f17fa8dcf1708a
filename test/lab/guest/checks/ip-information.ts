import assert from 'node:assert/strict';
import { AddressFamily } from '../../../../src/message/ip-value.ts';
import { Status } from '../../../../src/message/status.ts';
import type { Lab } from './lab.ts';

export const mac = '00:15:5D:01:02:0A';
export const guid = '{1e0fbaa4-6d2c-4b7c-8a3f-526c1d9e0477}';

export async function checkIpInformation(lab: Lab): Promise<void> {
  const { host } = lab;
  const addresses = '192.0.2.10;2001:db8::10';

  for (const adapterId of [mac, mac.toLowerCase()]) {
    await lab.check(`GET_IP_INFO of ${adapterId} answers what the adapter has`, async () => {
      assert.deepEqual(await host.getIpInfo(adapterId), {
        status: Status.ok,
        value: {
          adapterId,
          addressFamily: AddressFamily.ipv4 | AddressFamily.ipv6,
          dhcpEnabled: false,
          addresses,
          subnets: '255.255.255.0;/64',
          gateways: '192.0.2.1;2001:db8::1;',
          dnsServers: '192.0.2.53;2001:db8::53;',
        },
      });
    });
  }

  for (const adapterId of ['00:15:5D:01:02:0B', '00:15:5D:01:02', '00:00:00:00:00:00', '']) {
    await lab.check(`GET_IP_INFO of '${adapterId}', which is no adapter, fails`, async () => {
      assert.equal((await host.getIpInfo(adapterId)).status, Status.fail);
    });
  }

  const refusals = [
    ['an address while no network manager runs', '192.0.2.77', Status.fail],
    ['an address of 200 characters', '1'.repeat(tooLong), Status.invalidArgument],
  ] as const;
  for (const [what, wish, status] of refusals) {
    await lab.check(`SET_IP_INFO of ${what} is refused and changes nothing`, async () => {
      const value = { ...noIpValue, adapterId: guid, addresses: wish, subnets: '255.255.255.0' };
      assert.deepEqual(await host.setIpInfo(value), { status });
      assert.equal((await host.getIpInfo(mac)).value?.addresses, addresses);
    });
  }
}

const tooLong = 200;
const noIpValue = { addressFamily: AddressFamily.ipv4, dhcpEnabled: false, gateways: '', dnsServers: '' };
