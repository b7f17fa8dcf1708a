import { expect, it } from 'vitest';
import { networkd } from '../../../../../src/ip-information/backends/networkd/networkd.ts';
import { AddressFamily } from '../../../../../src/message/ip-value.ts';
import { fakeMachine } from '../../../platform/fake-machine.ts';
import { networkdHas } from '../../support/plans.ts';
import { proposalOf, requests } from '../../support/proposals.ts';

const path = '/etc/systemd/network/20-lan.network';
const text =
  '[Match]\nName=eth0\n[Network]\nAddress=192.168.1.4/24\n[NextHop]\nId=1\nGateway=192.168.1.1\n[Route]\nNextHop=1\n';
const machineOf = () => fakeMachine({ files: { ...networkdHas(path), [path]: text } });

it('routes by [NextHop] are not left with a gateway that cannot be reached, for which the adapter would be given up', async () => {
  const plan = await networkd.plan(proposalOf({ addressFamily: AddressFamily.ipv4 }), machineOf());
  expect(plan).toEqual({ impossible: 'its gateways are in [NextHop] sections' });
});

it('those of the other family are no reason', async () => {
  const plan = await networkd.plan(
    proposalOf({ ...requests['static-ipv6'], addressFamily: AddressFamily.ipv6 }),
    machineOf(),
  );
  expect(plan).not.toHaveProperty('impossible');
});
