import { describe, expect, it } from 'vitest';
import type { AdapterState, HeldAddress } from '../../../src/ip-information/state.ts';
import { difference, loss, missingOfOthers, unsettled } from '../../../src/ip-information/verify.ts';
import { AddressFamily, type IpValue } from '../../../src/message/ip-value.ts';
import { proposalOf } from './support/proposals.ts';

function held(cidr: string, differences: Partial<HeldAddress> = {}): HeldAddress {
  return { family: cidr.includes(':') ? 'ipv6' : 'ipv4', cidr, isDynamic: false, isDuplicate: false, ...differences };
}

function state(addresses: readonly HeldAddress[], differences: Partial<AdapterState> = {}): AdapterState {
  return { dhcp: false, addresses, gateways: [], dnsServers: [], isUp: true, isDisconnected: false, ...differences };
}

const wanted = held('10.0.0.4/24');
const former = held('192.168.1.4/24');
const leased = held('10.0.0.77/24', { isDynamic: true });

function differenceOf(
  request: Partial<IpValue>,
  now: AdapterState,
  before: AdapterState = state([former]),
  configuration = 'address 192.168.1.4/24\n',
): string | undefined {
  return difference(proposalOf(request), { state: before, configuration }, now);
}

describe('what an adapter lacks of a request', () => {
  it.each<[string, Partial<IpValue>, AdapterState, string | undefined]>([
    ['nothing', {}, state([wanted]), undefined],
    ['an address', {}, state([]), '10.0.0.4/24 is missing'],
    ['the prefix length', {}, state([held('10.0.0.4/25')]), '10.0.0.4/24 is missing'],
    [
      'an address of its own',
      {},
      state([held('10.0.0.4/24', { isDuplicate: true })]),
      '10.0.0.4/24 is in use by another machine',
    ],
    [
      'the gateway',
      { gateways: '10.0.0.1' },
      state([wanted], { gateways: ['10.0.0.2'] }),
      'there is no default route by 10.0.0.1',
    ],
    [
      'a name server (rule 9)',
      { dnsServers: '10.0.0.53' },
      state([wanted]),
      'the resolver does not ask the DNS server 10.0.0.53',
    ],
  ])('is %s', (_, request, now, trouble) => {
    expect(differenceOf(request, now)).toBe(trouble);
  });

  it('is not known while another machine may have an address, unless that is not of the request', () => {
    const tentative = [held('10.0.0.4/24', { isTentative: true })];
    expect(unsettled(proposalOf({}), state(tentative))).toContain('10.0.0.4/24');
    expect(unsettled(proposalOf({}), state(tentative, { isDisconnected: true }))).toBeUndefined();
    expect(unsettled(proposalOf({ addresses: '10.0.0.5' }), state(tentative))).toBeUndefined();
  });

  it('is not known before the family that a request is not about is back', () => {
    const other = held('2001:db8::4/64');
    const before = state([former, other], { gateways: ['192.168.1.1', '2001:db8::1'] });
    const gateways = ['2001:db8::1'];
    const trouble = (now: AdapterState) => missingOfOthers(proposalOf({}), before, now);
    expect(trouble(state([wanted], { gateways }))).toBe('2001:db8::4/64 is not back yet');
    expect(trouble(state([wanted, { ...other, isTentative: true }], { gateways }))).toContain('2001:db8::4/64');
    expect(trouble(state([wanted, other]))).toBe('the default route by 2001:db8::1 is not back yet');
    expect(trouble(state([wanted, other], { gateways }))).toBeUndefined();
    expect(trouble(state([], { isDisconnected: true }))).toBeUndefined();
  });

  it('is nothing while it is not connected (rule 8)', () => {
    expect(differenceOf({ gateways: '10.0.0.1' }, state([], { isDisconnected: true }))).toBeUndefined();
  });

  it('is what the configuration named before and is still there', () => {
    expect(differenceOf({}, state([wanted, former]))).toBe('192.168.1.4/24 is still there');
  });

  it('is not what another program has put there, before or meanwhile (rule 13)', () => {
    const virtual = held('192.168.1.9/24');
    expect(differenceOf({}, state([wanted, virtual]), state([former, virtual]))).toBeUndefined();
    expect(differenceOf({}, state([wanted, held('192.168.1.200/32')]))).toBeUndefined();
  });

  it('is the address of a lease beside a static one, but none of router advertisements', () => {
    const before = state([leased, held('2001:db8::7/64', { isDynamic: true })]);
    expect(differenceOf({}, state([wanted, leased]), before)).toBe('10.0.0.77/24 is still there');
    const request = { addresses: '2001:db8::4', subnets: '/64', addressFamily: AddressFamily.ipv6 };
    const now = state([held('2001:db8::4/64'), held('2001:db8::7/64', { isDynamic: true })]);
    expect(differenceOf(request, now, before)).toBeUndefined();
  });

  it('is nothing of the other family (rule 1)', () => {
    const ipv6 = held('2001:db8::7/64');
    const now = state([wanted, ipv6]);
    expect(differenceOf({}, now, state([former, ipv6]), '192.168.1.4/24 2001:db8::7/64')).toBeUndefined();
  });
});

describe('DHCP', () => {
  const request = { dhcpEnabled: true, addresses: '', subnets: '' };

  it.each<[string, AdapterState, string | undefined]>([
    ['an address has come', state([leased], { dhcp: true }), undefined],
    ['none has come', state([], { dhcp: true }), 'no address came by DHCP'],
    ['it is off', state([leased]), 'DHCP is off'],
    ['another client is at work (rule 14)', state([held('10.0.0.77/24')], { dhcp: undefined }), undefined],
    [
      'nobody tells of it, and the static address is still there',
      state([former], { dhcp: undefined }),
      'no address came by DHCP',
    ],
    ['only a link-local address has come', state([held('169.254.3.4/16')], { dhcp: true }), 'no address came by DHCP'],
  ])('%s', (_, now, trouble) => {
    expect(differenceOf(request, now)).toBe(trouble);
  });
});

describe('what is not as it was (rule 10)', () => {
  const before = state([former, leased], { gateways: ['192.168.1.1'], dnsServers: ['192.168.1.53'] });

  it.each<[string, AdapterState, string | undefined]>([
    ['nothing', before, undefined],
    ['nothing, for a lease may be another', { ...before, addresses: [former] }, undefined],
    ['an address', { ...before, addresses: [leased] }, '192.168.1.4/24 is missing'],
    ['one too many', { ...before, addresses: [former, wanted] }, '10.0.0.4/24 is there'],
    ['a route', { ...before, gateways: [] }, 'the default route by 192.168.1.1 is missing'],
    ['a route too many', { ...before, gateways: ['192.168.1.1', '10.0.0.1'] }, 'a default route by 10.0.0.1 is there'],
    ['the link', { ...before, isUp: false }, 'it is switched off'],
    ['a name server', { ...before, dnsServers: [] }, 'the resolver does not ask the DNS server 192.168.1.53'],
  ])('%s', (_, now, trouble) => {
    expect(loss(before, now)).toBe(trouble);
  });
});
