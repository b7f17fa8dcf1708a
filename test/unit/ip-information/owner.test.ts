import { describe, expect, it } from 'vitest';
import type { LinkState } from '../../../src/device/native.ts';
import { ownerOf } from '../../../src/ip-information/owner.ts';
import type { Adapter, Network } from '../../../src/platform/adapter.ts';

const adapter = (name: string): Adapter => ({ name, mac: '00:15:5d:01:02:0a', guid: undefined });
const link = (name: string, kind: string, master = ''): LinkState => {
  return { name, kind, master, permanentMac: '', isUp: true, hasCarrier: true };
};
const network = (...links: readonly LinkState[]): Network => {
  return { addresses: [], defaultRoutes: { ipv4: [], ipv6: [] }, links };
};
const adapters = ['eth0', 'bond0', 'br0'].map(adapter);

describe('who has the addresses of an adapter', () => {
  it.each([
    ['itself, where it is no port', [link('eth0', '')], 'eth0'],
    ['the bridge whose port it is', [link('eth0', '', 'br0'), link('br0', 'bridge')], 'br0'],
    [
      'the bridge over the bond whose port it is',
      [link('eth0', '', 'bond0'), link('bond0', 'bond', 'br0'), link('br0', 'bridge')],
      'br0',
    ],
    ['itself, in a routing table of its own', [link('eth0', '', 'vrf0'), link('vrf0', 'vrf')], 'eth0'],
    ['itself, below a synthetic adapter', [link('eth0', '', 'eth1'), link('eth1', '')], 'eth0'],
  ])('is %s', (_, links, owner) => {
    expect(ownerOf(adapter('eth0'), adapters, network(...links))).toMatchObject({ owner: { name: owner } });
  });

  it('is nobody who can be given them, where it is a port of anything else', () => {
    const links = [link('eth0', '', 'ovs-system'), link('ovs-system', 'openvswitch')];
    expect(ownerOf(adapter('eth0'), adapters, network(...links))).toEqual({
      obstacle: 'it is a port of ovs-system (openvswitch), which cannot be changed',
    });
  });
});
