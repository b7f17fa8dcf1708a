import { describe, expect, it } from 'vitest';
import { networkManager } from '../../../../src/ip-information/backends/network-manager.ts';
import type { Impossible, Plan } from '../../../../src/ip-information/plan.ts';
import { AddressFamily, type IpValue } from '../../../../src/message/ip-value.ts';
import { changes } from '../support/plans.ts';
import { networkManagerMachine } from '../support/network-manager-machine.ts';
import { proposalOf } from '../support/proposals.ts';

const path = '/etc/sysconfig/network-scripts/ifcfg-eth0';
const uuid = '0cba1d6b-6a2d-4fc4-9a5e-60d3b0a4a1f5';
/** As RHEL 8 writes it, with what an administrator has added. */
const text = `TYPE=Ethernet
# rack 7
BOOTPROTO=none
DEFROUTE=yes
IPV6INIT=yes
IPV6_AUTOCONF=yes
NAME=eth0
UUID=${uuid}
DEVICE=eth0
ONBOOT=yes
IPADDR=192.168.1.4
PREFIX=24
GATEWAY=192.168.1.1
DNS1=192.168.1.53
MTU=1400
ZONE=internal
DOMAIN="example.org"
`;
const ipv4 = { addressFamily: AddressFamily.ipv4, gateways: '10.0.0.1', dnsServers: '10.0.0.53' };

async function planFor(profile: string, request: Partial<IpValue>, files = {}): Promise<Plan | Impossible> {
  return await networkManager.plan(proposalOf(request), networkManagerMachine({ [path]: profile }, { files }));
}

async function edited(profile: string, request: Partial<IpValue>): Promise<string> {
  const plan = await planFor(profile, request);
  if ('impossible' in plan) throw new Error(plan.impossible);
  return plan.files[0]?.text ?? '';
}

describe('a profile of NetworkManager in the form of ifcfg', () => {
  it('is edited where it is, and activated', async () => {
    const plan = await planFor(text, ipv4);
    if ('impossible' in plan) throw new Error(plan.impossible);
    expect(plan.files).toMatchObject([{ path, mode: 0o644 }]);
    expect(changes(text, plan.files[0]?.text)).toEqual({
      gone: ['IPADDR=192.168.1.4', 'GATEWAY=192.168.1.1', 'DNS1=192.168.1.53'],
      come: ['IPADDR=10.0.0.4', 'GATEWAY=10.0.0.1', 'DNS1=10.0.0.53'],
    });
    expect(plan.commands.map(({ args }) => args.slice(0, 3))).toEqual([
      ['connection', 'load', path],
      ['connection', 'up', 'uuid'],
    ]);
  });

  it('is turned to DHCP and back, and keeps all else', async () => {
    const dhcp = await edited(text, {
      addressFamily: AddressFamily.ipv4,
      dhcpEnabled: true,
      addresses: '',
      subnets: '',
    });
    expect(changes(text, dhcp).come).toEqual(['BOOTPROTO=dhcp']);
    const back = await edited(dhcp, { ...ipv4, addresses: '192.168.1.4', gateways: '192.168.1.1', dnsServers: '' });
    expect(back.split('\n').sort()).toEqual(text.split('\n').sort());
  });

  it('becomes the default route and the adapter’s own where it was not', async () => {
    const loose = text.replace('DEFROUTE=yes', 'DEFROUTE=no').replace('DEVICE=eth0\n', '');
    expect(changes(loose, await edited(loose, ipv4)).come).toEqual(
      expect.arrayContaining(['DEFROUTE=yes', 'HWADDR=00:15:5D:01:02:0A']),
    );
  });

  it.each([
    ['of a port', `${text}BRIDGE=br0\n`, {}, 'a port (BRIDGE)'],
    ['with aliases', text, { [`${path}:1`]: 'DEVICE=eth0:1\nIPADDR=192.168.1.9\n' }, 'has more of its addresses'],
  ])('%s is refused', async (_, profile, files, reason) => {
    expect(await planFor(profile, ipv4, files)).toEqual({ impossible: expect.stringContaining(reason) as string });
  });
});
