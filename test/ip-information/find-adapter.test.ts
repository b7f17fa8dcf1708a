import { describe, expect, it } from 'vitest';
import { findAdapter } from '../../src/ip-information/find-adapter.ts';
import type { Adapter, AdapterAddress } from '../../src/platform/adapter.ts';

const mac = '00:15:5d:0a:0b:0c';
const guid = 'f8b3781b-1e82-4818-a1c3-63d806ec15bb';

function adapter(name: string, differences: Partial<Adapter> = {}): Adapter {
  return { name, mac, guid: undefined, ...differences };
}

function address(adapterName: string, text: string): AdapterAddress {
  return { adapter: adapterName, family: 'ipv4', address: text, netmask: '255.255.255.0', prefixLength: 24 };
}

const eth0 = adapter('eth0', { guid });

describe('an adapter is found', () => {
  it.each(['00:15:5d:0a:0b:0c', '00:15:5D:0A:0B:0C', '00-15-5D-0A-0B-0C', '00:15:5D:0a:0b:0C'])(
    'by its MAC address in any case, unlike with the stock daemon: %s',
    (id) => {
      expect(findAdapter([eth0], [], id)).toBe(eth0);
    },
  );

  it.each([guid, `{${guid}}`, guid.toUpperCase(), `{${guid.toUpperCase()}}`])('by its GUID: %s', (id) => {
    expect(findAdapter([adapter('eth1'), eth0], [], id)).toBe(eth0);
  });

  it('by its exact name', () => {
    expect(findAdapter([eth0], [], 'eth0')).toBe(eth0);
  });
});

describe('no adapter is found', () => {
  it.each(['00:15:5d:0a:0b', '00:15:5d:0a:0b:0c:00', '00:15:5d:0a:0b:0', '00155d0a0b0c', '', ' 00:15:5d:0a:0b:0c'])(
    'by a part of a MAC address or more than it, as the stock daemon for FreeBSD does: %j',
    (id) => {
      expect(findAdapter([eth0], [], id)).toBeUndefined();
    },
  );

  it.each([`{${guid}`, `${guid}}`, guid.slice(0, -1), `${guid}0`, `{{${guid}}}`])('by a part of a GUID: %s', (id) => {
    expect(findAdapter([eth0], [], id)).toBeUndefined();
  });

  it('by a name that begins alike: eth1 is not eth10, hn1 is not hn10', () => {
    expect(findAdapter([adapter('eth10'), adapter('hn10')], [], 'eth1')).toBeUndefined();
    expect(findAdapter([adapter('eth10'), adapter('hn10')], [], 'hn1')).toBeUndefined();
    expect(findAdapter([adapter('eth1')], [], 'eth10')).toBeUndefined();
    expect(findAdapter([adapter('eth1')], [], 'ETH1')).toBeUndefined();
  });

  it('by the MAC address of interfaces without hardware', () => {
    const id = '00:00:00:00:00:00';
    expect(findAdapter([adapter('tunl0', { mac: id })], [], id)).toBeUndefined();
  });
});

describe('of several adapters with one MAC address', () => {
  const virtualFunction = adapter('enP1s1');

  it('the synthetic one is meant, not its virtual function without address', () => {
    expect(findAdapter([virtualFunction, eth0], [], mac)).toBe(eth0);
    expect(findAdapter([virtualFunction, eth0], [address('eth0', '10.0.0.4')], mac)).toBe(eth0);
    const linkLocal = [address('enP1s1', 'fe80::1'), address('eth0', '10.0.0.4')];
    expect(findAdapter([virtualFunction, eth0], linkLocal, mac)).toBe(eth0);
  });

  it('the bridge or bond above the synthetic one is meant if that has the addresses', () => {
    const bridge = adapter('br0');
    expect(findAdapter([bridge, eth0], [address('br0', '10.0.0.4')], mac)).toBe(bridge);
  });

  it('the synthetic one is meant if a VLAN above it has addresses too', () => {
    const both = [address('eth0.5', '10.5.0.4'), address('eth0', '10.0.0.4')];
    expect(findAdapter([adapter('eth0.5'), eth0], both, mac)).toBe(eth0);
  });
});
