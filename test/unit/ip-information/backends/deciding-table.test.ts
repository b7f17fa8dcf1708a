import { describe, expect, it } from 'vitest';
import { netplan } from '../../../../src/ip-information/backends/netplan/netplan.ts';
import { networkManager } from '../../../../src/ip-information/backends/network-manager.ts';
import { networkd } from '../../../../src/ip-information/backends/networkd/networkd.ts';
import type { BackEnd } from '../../../../src/ip-information/plan.ts';
import { AddressFamily } from '../../../../src/message/ip-value.ts';
import type { Machine } from '../../../../src/platform/machine.ts';
import { fakeMachine } from '../../platform/fake-machine.ts';
import { networkManagerMachine } from '../support/network-manager-machine.ts';
import { changes, networkdHas } from '../support/plans.ts';
import { proposalOf } from '../support/proposals.ts';

const proposal = proposalOf({ addressFamily: AddressFamily.ipv4, gateways: '10.0.0.1' });

/** What changes in the file of an adapter that is in the VRF of this table, or in none. */
async function changed(backEnd: BackEnd, path: string, text: string, machine: Machine, vrfTable?: number) {
  const plan = await backEnd.plan({ ...proposal, ...(vrfTable !== undefined && { vrfTable }) }, machine);
  if ('impossible' in plan) throw new Error(plan.impossible);
  return changes(text, plan.files.find((file) => file.path === path)?.text ?? text);
}

describe('a default route that names its table, in a .network file', () => {
  const path = '/etc/systemd/network/20-lan.network';
  const text = `[Match]
Name=eth0
[Network]
VRF=blue
Address=10.0.0.4/24
[Route]
Gateway=10.0.0.9
Table=10
[Route]
Gateway=10.0.0.8
Table=main
`;
  const machine = () => fakeMachine({ files: { ...networkdHas(path), [path]: text } });

  it('is replaced where that is the table of the VRF that the adapter is in, and none of the main table', async () => {
    const { gone, come } = await changed(networkd, path, text, machine(), 10);
    expect({ gone, come }).toEqual({ gone: ['Gateway=10.0.0.9'], come: ['Gateway=10.0.0.1'] });
  });

  it('is replaced where that is the main table', async () => {
    const { gone, come } = await changed(networkd, path, text, machine());
    expect({ gone, come }).toEqual({ gone: ['Gateway=10.0.0.8'], come: ['Gateway=10.0.0.1'] });
  });
});

describe('a default route that names its table, in netplan’s files', () => {
  const path = '/etc/netplan/50-site.yaml';
  const text = `network:
  ethernets:
    eth0:
      addresses: [10.0.0.4/24]
      routes:
      - {to: default, via: 10.0.0.9, table: 10}
      - {to: default, via: 10.0.0.8, table: 254}
  vrfs:
    blue: {table: 10, interfaces: [eth0]}
`;
  const machine = () =>
    fakeMachine({
      files: {
        ...networkdHas('/run/systemd/network/10-netplan-eth0.network'),
        '/run/systemd/network/10-netplan-eth0.network': '[Match]\nName=eth0\n',
        '/usr/sbin/netplan': '',
        [path]: text,
      },
    });

  it('is replaced where that is the table of the VRF that the adapter is in, and none of the main table', async () => {
    const { gone, come } = await changed(netplan, path, text, machine(), 10);
    expect([gone, come]).toEqual([
      ['      - {to: default, via: 10.0.0.9, table: 10}'],
      ['      - {to: default, via: 10.0.0.1, table: 10}'],
    ]);
  });
});

describe('a profile of NetworkManager whose routes go into a table', () => {
  const path = '/etc/NetworkManager/system-connections/office.nmconnection';
  const text =
    '[connection]\nuuid=0cba1d6b-6a2d-4fc4-9a5e-60d3b0a4a1f5\ntype=ethernet\ninterface-name=eth0\nslave-type=vrf\n' +
    '\n[ipv4]\nmethod=manual\naddress1=10.0.0.4/24\ngateway=10.0.0.9\nroute-table=10\n';

  it('has its gateway replaced where that is the table of the VRF that the adapter is in', async () => {
    const { gone, come } = await changed(networkManager, path, text, networkManagerMachine({ [path]: text }), 10);
    expect({ gone, come }).toEqual({ gone: ['gateway=10.0.0.9'], come: ['gateway=10.0.0.1'] });
  });
});
