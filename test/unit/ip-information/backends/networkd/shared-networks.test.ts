import { expect, it } from 'vitest';
import { withSharedNetworks } from '../../../../../src/ip-information/backends/networkd/shared-networks.ts';
import { fakeMachine } from '../../../platform/fake-machine.ts';
import { eth0, proposalOf } from '../../support/proposals.ts';

it.each([
  ['2001:db8::1', 'eth1', '2001:db8::7/64', true],
  ['2001:db8::1', 'eth0', '2001:db8::7/64', false],
  ['2001:db8::1', 'eth1', '2001:db8:1::7/64', false],
  ['fe80::1', 'eth1', 'fe80::7/64', false],
])('the gateway %s beside %s with %s is on-link: %j', (gateways, adapter, cidr, onLink) => {
  const machine = fakeMachine({ interfaces: { [adapter]: [cidr] } });
  const proposal = proposalOf({ addresses: '2001:db8::4', subnets: '64', gateways }, eth0);
  expect(withSharedNetworks(proposal, machine).gateways).toEqual([{ family: 'ipv6', address: gateways, onLink }]);
});
