import { describe, expect, it } from 'vitest';
import { ChangeBudget } from '../../src/ip-information/change-budget.ts';
import { objectionTo, type Policy } from '../../src/ip-information/policy.ts';
import type { IpValue } from '../../src/message/ip-value.ts';
import { eth0, permissive, proposalOf, requests, subnet } from './support/proposals.ts';

function ruleThatRefuses(differences: Partial<IpValue>, policy: Partial<Policy>) {
  return objectionTo(proposalOf(differences), { ...permissive, ...policy })?.rule;
}

describe('the policy', () => {
  it('allows every change of a synthetic adapter as installed', () => {
    for (const request of Object.values(requests)) expect(ruleThatRefuses(request, {})).toBeUndefined();
  });

  it('refuses what is no synthetic adapter unless it is named', () => {
    const proposal = { ...proposalOf({}), adapter: { ...eth0, guid: undefined } };
    expect(objectionTo(proposal, permissive)?.rule).toBe('interfaces');
    expect(objectionTo(proposal, { ...permissive, interfaces: ['eth0'] })).toBeUndefined();
  });

  it.each<[keyof typeof requests, Partial<Policy>, string]>([
    ['dhcp', { mode: 'off' }, 'mode'],
    ['dhcp', { interfaces: ['eth1', 'eth00'] }, 'interfaces'],
    ['dhcp', { deniedInterfaces: ['eth0'], interfaces: ['eth0'] }, 'denied_interfaces'],
    ['static-ipv4', { addressRanges: [subnet('10.1.0.0/16')] }, 'address_ranges'],
    ['gateway-on-link', { addressRanges: [subnet('10.0.0.0/16')] }, 'address_ranges'],
    ['static-ipv6', { addressRanges: [subnet('10.0.0.0/8')] }, 'address_ranges'],
    ['static-ipv4', { gateway: false }, 'gateway'],
    ['static-ipv4', { dns: false }, 'dns'],
    ['dhcp', { dhcp: false }, 'dhcp'],
    ['dhcp', { ipv4: false }, 'ipv4'],
    ['static-ipv4', { ipv4: false }, 'ipv4'],
    ['two-of-each', { ipv6: false }, 'ipv6'],
  ])('refuses %s with %j by the rule that says so', (name, policy, rule) => {
    expect(ruleThatRefuses(requests[name], policy)).toBe(rule);
  });

  it.each<[keyof typeof requests, Partial<Policy>]>([
    ['static-ipv4', { ipv6: false, dhcp: false, addressRanges: [subnet('10.0.0.0/8')] }],
    ['static-ipv6', { ipv4: false, addressRanges: [subnet('2001:db8::/32'), subnet('fe80::/10')] }],
    ['dhcp', { gateway: false, dns: false, ipv6: false, addressRanges: [subnet('10.0.0.0/8')] }],
  ])('allows %s with %j', (name, policy) => {
    expect(ruleThatRefuses(requests[name], policy)).toBeUndefined();
  });

  it('names the address that is in none of the ranges', () => {
    const policy = { ...permissive, addressRanges: [subnet('10.1.0.0/16')] };
    expect(objectionTo(proposalOf({}), policy)?.reason).toBe('10.0.0.4 is in none of them');
  });
});

describe('the limit of changes', () => {
  it('counts those of the last minute', () => {
    let now = 0;
    const budget = new ChangeBudget(() => now);
    expect([budget.take(2), budget.take(2), budget.take(2)]).toEqual([true, true, false]);
    now = 59_999;
    expect(budget.take(2)).toBe(false);
    now = 60_000;
    expect(budget.take(2)).toBe(true);
  });

  it('is none if it is 0', () => {
    const budget = new ChangeBudget(() => 0);
    expect(Array.from({ length: 100 }, () => budget.take(0))).not.toContain(false);
  });
});
