import { describe, expect, it } from 'vitest';
import { inOrder, type OwnAddress } from '../../../src/auto-keys/address-order.ts';
import { type AddressSettings, defaultReport } from '../../../src/auto-keys/report-settings.ts';
import type { InterfaceSet } from './interface-set.ts';
import { interfaceSets } from './interface-sets.ts';

const plain: NonNullable<OwnAddress['state']> = {
  isTentative: false,
  isDuplicate: false,
  isDeprecated: false,
  isTemporary: false,
};

function told({ links, addresses, routed = [], states = {} }: InterfaceSet, settings: Partial<AddressSettings> = {}) {
  const all = Object.entries(addresses).flatMap(([adapter, own]) =>
    own.map((address): OwnAddress => {
      const family = address.includes(':') ? 'ipv6' : 'ipv4';
      return { adapter, family, address, state: { ...plain, ...states[address] } };
    }),
  );
  return inOrder({ addresses: all, links, routed }, { ...defaultReport, ...settings }).map(({ address }) => address);
}

function setOf(title: string): InterfaceSet {
  const found = interfaceSets.find((set) => set.title === title);
  if (found === undefined) throw new Error(`no set ${title}`);
  return found;
}

describe('the addresses that the host is told', () => {
  it.each(interfaceSets)('are in order with $title', (set) => {
    expect(told(set)).toEqual(set.told);
  });

  it('are of 40 kinds of machines', () => {
    expect(interfaceSets.length).toBeGreaterThanOrEqual(40);
  });

  it('begin with the interfaces that the site names, in its order', () => {
    const set = setOf('Docker');
    expect(told(set, { interfaces: ['docker*'] })).toEqual(['172.17.0.1', '10.0.0.4']);
    expect(told(set, { interfaces: ['eth?', 'docker0'] })).toEqual(['10.0.0.4', '172.17.0.1']);
  });

  it('leave out interfaces that the site denies, and only those', () => {
    expect(told(setOf('Docker'), { deniedInterfaces: ['docker?'] })).toEqual(['10.0.0.4']);
    expect(told(setOf('Docker'), { deniedInterfaces: ['eth', 'docker.'] })).toEqual(['10.0.0.4', '172.17.0.1']);
  });

  it('leave out a family, or link-local addresses, if the site says so', () => {
    const set = setOf('IPv6: a stable and a temporary address, a deprecated one and a link-local one');
    expect(told(set, { families: ['ipv4'] })).toEqual([]);
    expect(told(set, { linkLocal: false })).not.toContain('fe80::4');
  });
});
