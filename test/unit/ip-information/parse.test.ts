import { describe, expect, it } from 'vitest';
import {
  isNetworkOrBroadcast,
  isWithin,
  parseAddress,
  parseList,
  parseMask,
  parseRange,
} from '../../../src/ip-information/parse.ts';
import { subnet } from './support/proposals.ts';

describe('a list', () => {
  it.each([
    ['10.0.0.4;10.0.0.5', ['10.0.0.4', '10.0.0.5']],
    [' 10.0.0.4 , 10.0.0.5 ;', ['10.0.0.4', '10.0.0.5']],
    [';;', []],
    ['', []],
    ['a b', ['a b']],
  ])('%j has its entries between ";" or ","', (text, entries) => {
    expect(parseList(text)).toEqual(entries);
  });
});

describe('an address', () => {
  it.each([
    ['10.0.0.4', { family: 'ipv4', address: '10.0.0.4' }],
    ['2001:DB8:0:0:0:0:0:4', { family: 'ipv6', address: '2001:db8::4' }],
    ['2001:db8::0:4', { family: 'ipv6', address: '2001:db8::4' }],
  ])('%s is normalised', (text, address) => {
    expect(parseAddress(text)).toEqual(address);
  });

  it.each([
    '010.0.0.1',
    '0x0a.0.0.1',
    '10.1',
    '167772164',
    '10.0.0.256',
    '10.0.0.4/24',
    'fe80::1%eth0',
    '1::2::3',
    'host',
  ])('%s is none', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });
});

describe('a mask', () => {
  it.each([
    ['255.255.255.0', 24],
    ['24', 24],
    ['/24', 24],
    ['255.255.255.255', 32],
    ['255.0.255.0', undefined],
    ['0.0.0.0', undefined],
    ['/0', undefined],
    ['33', undefined],
    ['-1', undefined],
    ['ffff::', undefined],
    ['0.0.0.255', undefined],
  ])('%s of IPv4 has the prefix length %s', (text, length) => {
    expect(parseMask(text, 'ipv4')).toBe(length);
  });

  it.each([
    ['/64', 64],
    ['128', 128],
    ['ffff:ffff:ffff:ffff::', 64],
    ['255.255.255.0', undefined],
    ['129', undefined],
  ])('%s of IPv6 has the prefix length %s', (text, length) => {
    expect(parseMask(text, 'ipv6')).toBe(length);
  });
});

describe('a range', () => {
  it('holds the addresses of its family with the same prefix', () => {
    expect(isWithin(subnet('10.0.0.4/24'), subnet('10.0.0.0/8'))).toBe(true);
    expect(isWithin(subnet('11.0.0.4/24'), subnet('10.0.0.0/8'))).toBe(false);
    expect(isWithin(subnet('2001:db8::4/64'), subnet('2001:db8::/32'))).toBe(true);
    expect(isWithin(subnet('2001:db8::4/64'), subnet('10.0.0.0/8'))).toBe(false);
  });

  it.each(['10.0.0.0/33', '10.0.0.0', '/8', '10.0.0.0/', 'host/8', '10.0.0.0/8/8'])('%s is none', (text) => {
    expect(parseRange(text)).toBeUndefined();
  });

  it('may be everything', () => {
    expect(parseRange('0.0.0.0/0')).toEqual({ family: 'ipv4', address: '0.0.0.0', prefixLength: 0 });
  });
});

describe('a network', () => {
  it.each(['10.0.0.0/24', '10.0.0.255/24', '10.0.3.255/22'])('has no host %s', (text) => {
    expect(isNetworkOrBroadcast(subnet(text))).toBe(true);
  });

  it.each(['10.0.0.4/24', '10.0.0.0/31', '10.0.0.1/31', '10.0.0.0/32', '10.0.1.255/22', '2001:db8::/64'])(
    'has the host %s',
    (text) => {
      expect(isNetworkOrBroadcast(subnet(text))).toBe(false);
    },
  );
});
