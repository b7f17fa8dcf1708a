import { describe, expect, it } from 'vitest';
import { findAdapter, holdersOf, type Surroundings } from '../../../src/ip-information/find-adapter.ts';
import type { Adapter, AdapterAddress } from '../../../src/platform/adapter.ts';

const mac = '00:15:5d:0a:0b:0c';
const guid = 'f8b3781b-1e82-4818-a1c3-63d806ec15bb';

function adapter(name: string, differences: Partial<Adapter> = {}): Adapter {
  return { name, mac, guid: undefined, ...differences };
}

function address(adapterName: string, text: string): AdapterAddress {
  return { adapter: adapterName, family: 'ipv4', address: text, netmask: '255.255.255.0', prefixLength: 24 };
}

const eth0 = adapter('eth0', { guid });

function at(addresses: readonly AdapterAddress[], hardware: Readonly<Record<string, string>> = {}): Surroundings {
  return { addresses, links: Object.entries(hardware).map(([name, permanentMac]) => ({ name, permanentMac })) };
}

describe('an adapter is found', () => {
  it.each(['00:15:5d:0a:0b:0c', '00:15:5D:0A:0B:0C', '00-15-5D-0A-0B-0C', '00:15:5D:0a:0b:0C', '00155D0A0B0C'])(
    'by its MAC address in any case, unlike with the stock daemon: %s',
    (id) => {
      expect(findAdapter([eth0], at([]), id)).toBe(eth0);
    },
  );

  it.each([guid, `{${guid}}`, guid.toUpperCase(), `{${guid.toUpperCase()}}`])('by its GUID: %s', (id) => {
    expect(findAdapter([adapter('eth1'), eth0], at([]), id)).toBe(eth0);
  });

  it('by its exact name', () => {
    expect(findAdapter([eth0], at([]), 'eth0')).toBe(eth0);
  });
});

describe('no adapter is found', () => {
  it.each(['00:15:5d:0a:0b', '00:15:5d:0a:0b:0c:00', '00:15:5d:0a:0b:0', '00:155d0a0b0c', '', ' 00:15:5d:0a:0b:0c'])(
    'by a part of a MAC address or more than it, as the stock daemon for FreeBSD does: %j',
    (id) => {
      expect(findAdapter([eth0], at([]), id)).toBeUndefined();
    },
  );

  it.each([`{${guid}`, `${guid}}`, guid.slice(0, -1), `${guid}0`, `{{${guid}}}`])('by a part of a GUID: %s', (id) => {
    expect(findAdapter([eth0], at([]), id)).toBeUndefined();
  });

  it('by a name that begins alike: eth1 is not eth10, hn1 is not hn10', () => {
    expect(findAdapter([adapter('eth10'), adapter('hn10')], at([]), 'eth1')).toBeUndefined();
    expect(findAdapter([adapter('eth10'), adapter('hn10')], at([]), 'hn1')).toBeUndefined();
    expect(findAdapter([adapter('eth1')], at([]), 'eth10')).toBeUndefined();
    expect(findAdapter([adapter('eth1')], at([]), 'ETH1')).toBeUndefined();
  });

  it('by the MAC address of interfaces without hardware', () => {
    const id = '00:00:00:00:00:00';
    expect(findAdapter([adapter('tunl0', { mac: id })], at([]), id)).toBeUndefined();
  });
});

describe('the MAC address of the hardware', () => {
  const second = '00:15:5d:0a:0b:0d';
  const hardware = { eth0: mac, eth1: second };

  it('finds the second port of a bond, which uses that of the first', () => {
    const eth1 = adapter('eth1', { guid: guid.replace('f8', 'f9') });
    const all = [adapter('bond0'), eth0, eth1];
    const bonded = at([address('bond0', '10.0.0.4')], hardware);
    expect(findAdapter(all, bonded, second)).toBe(eth1);
    expect(findAdapter(all, bonded, mac)).toBe(eth0);
  });

  it('finds an adapter that uses another, and not the one that uses its own', () => {
    const cloned = adapter('eth0', { guid, mac: '02:00:00:00:00:01' });
    const clone = adapter('eth1', { guid: guid.replace('f8', 'f9') });
    const both = at([address('eth0', '10.0.0.4'), address('eth1', '10.0.1.4')], hardware);
    expect(findAdapter([cloned, clone], both, mac)).toBe(cloned);
    expect(findAdapter([cloned, clone], both, '02-00-00-00-00-01')).toBe(cloned);
    expect(findAdapter([clone, cloned], both, second)).toBe(clone);
  });

  it('is not that of interfaces without one', () => {
    expect(findAdapter([adapter('eth0', { mac: '' })], at([], { eth0: '' }), '')).toBeUndefined();
  });
});

describe('the addresses of an adapter', () => {
  const vlans = [adapter('eth0.5'), adapter('eth0.6')];
  const names = (...addresses: readonly AdapterAddress[]) =>
    holdersOf(eth0, [eth0, ...vlans, adapter('eth1', { mac: '00:15:5d:00:00:01' })], at(addresses)).map(
      ({ name }) => name,
    );

  it('are its own', () => {
    expect(names(address('eth0', '10.0.0.4'), address('eth0.5', '10.5.0.4'))).toEqual(['eth0']);
  });

  it('are those of all its VLANs if it has none', () => {
    const own = [address('eth0', 'fe80::1'), address('eth0.5', '10.5.0.4'), address('eth0.6', '10.6.0.4')];
    expect(names(...own)).toEqual(['eth0.5', 'eth0.6', 'eth0']);
  });

  it('are none of other adapters', () => {
    expect(names(address('eth1', '10.1.0.4'))).toEqual(['eth0']);
  });
});

describe('of several adapters with one MAC address', () => {
  const virtualFunction = adapter('enP1s1');

  it('the synthetic one is meant, not its virtual function without address', () => {
    expect(findAdapter([virtualFunction, eth0], at([]), mac)).toBe(eth0);
    expect(findAdapter([virtualFunction, eth0], at([address('eth0', '10.0.0.4')]), mac)).toBe(eth0);
    const linkLocal = [address('enP1s1', 'fe80::1'), address('eth0', '10.0.0.4')];
    expect(findAdapter([virtualFunction, eth0], at(linkLocal), mac)).toBe(eth0);
  });

  it('the synthetic one is meant though a bridge, bond or VLAN above it has the addresses, by which that is found', () => {
    const above = adapter('eth0.5');
    const addressed = [address('eth0.5', '10.5.0.4')];
    expect(findAdapter([above, eth0], at(addressed), mac)).toBe(eth0);
    // The kernel gives a VLAN the permanent address of what it is made of.
    expect(findAdapter([above, eth0], at(addressed, { 'eth0.5': mac, eth0: mac }), mac)).toBe(eth0);
    expect(findAdapter([above, eth0], at([...addressed, address('eth0', '10.0.0.4')]), mac)).toBe(eth0);
  });

  it('the one with addresses is meant where none is synthetic', () => {
    const bridge = adapter('br0');
    expect(findAdapter([adapter('eth1'), bridge], at([address('br0', '10.0.0.4')]), mac)).toBe(bridge);
  });
});
