import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { AddressFamily } from '../../../../src/message/ip-value.ts';
import { Status } from '../../../../src/message/status.ts';
import { addSecond, removeSecond, second, withFunction } from './interface-kinds.ts';
import { mac } from './ip-information.ts';
import { checkChangeAndBack } from './ip-injection.ts';
import type { Lab } from './lab.ts';
import { networkdConfigured } from './networkd.ts';
import { shell } from './shell.ts';

/** What the host injects into an adapter that is a port, or that has one, where systemd-networkd manages all. */
export async function checkPortInjection(lab: Lab): Promise<void> {
  await lab.check(
    'SET_IP_INFO of the second port of a bond changes the bond, and GET_IP_INFO of each port says so',
    () => checkBond(lab),
  );
  await shell(withFunction(''));
  await checkChangeAndBack(lab, 'beside an SR-IOV function');
  await lab.check('the function has got no address of them', () => shell(withoutAddresses('enP1s0')));
  await shell('rmmod virtio_net\n');
}

async function checkBond({ host }: Lab): Promise<void> {
  try {
    await shell(addSecond);
    for (const [name, text] of Object.entries(bonded)) await writeFile(`/etc/systemd/network/${name}`, text);
    await shell('networkctl reload\n');
    await networkdConfigured('bond0');
    const wish = { addresses: '10.0.0.20', subnets: '255.255.255.0', gateways: '10.0.0.1;' };
    const request = { addressFamily: AddressFamily.ipv4, dhcpEnabled: false, dnsServers: '', ...wish };
    assert.deepEqual(await host.setIpInfo({ ...request, adapterId: second.guid }), { status: Status.ok });
    await shell(`ip address show dev bond0 | grep -q 'inet 10.0.0.20/24 '
${withoutAddresses('eth0')}${withoutAddresses('eth1')}`);
    for (const port of [mac, second.mac]) {
      const { value } = await host.getIpInfo(port);
      const { addresses, subnets, gateways } = value ?? {};
      assert.deepEqual({ addresses, subnets, gateways }, wish, port);
    }
  } finally {
    await shell(`
cd /etc/systemd/network
rm ${Object.keys(bonded).join(' ')}
ip link delete bond0
${removeSecond}networkctl reload
`);
    await networkdConfigured();
  }
}

/** Sorts before the file of eth0. */
const bonded: Readonly<Record<string, string>> = {
  '10-bond0.netdev': '[NetDev]\nName=bond0\nKind=bond\n\n[Bond]\nMode=active-backup\n',
  '10-bond0.network':
    '[Match]\nName=bond0\n\n[Network]\nAddress=10.0.0.4/24\nIPv6AcceptRA=no\nLinkLocalAddressing=no\n',
  '10-ports.network': '[Match]\nName=eth0 eth1\n\n[Network]\nBond=bond0\n',
};

function withoutAddresses(name: string): string {
  return `test -z "$(ip address show dev ${name} | grep inet)"\n`;
}
