import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ChangeBudget } from '../../../src/ip-information/change-budget.ts';
import { objectionTo, type Policy, withWhatStays } from '../../../src/ip-information/policy.ts';
import type { IpValue } from '../../../src/message/ip-value.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
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
    ['static-ipv4', { gatewayRanges: [subnet('10.9.0.0/16')] }, 'gateway_ranges'],
    ['static-ipv4', { dnsRanges: [subnet('10.0.0.2/32')] }, 'dns_ranges'],
    ['static-ipv4', { addressRanges: [subnet('10.0.0.0/8')], dnsRanges: [subnet('10.9.0.0/16')] }, 'dns_ranges'],
    ['dhcp', { gatewayRanges: [subnet('10.0.0.0/8')] }, 'gateway_ranges'],
    ['dhcp', { dnsRanges: [subnet('10.0.0.0/8')] }, 'dns_ranges'],
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
    ['dhcp', { gateway: false, dns: false, ipv6: false }],
    ['gateway-on-link', { addressRanges: [subnet('10.0.0.0/16')], gatewayRanges: [subnet('10.9.0.1/32')] }],
  ])('allows %s with %j', (name, policy) => {
    expect(ruleThatRefuses(requests[name], policy)).toBeUndefined();
  });

  it.each<[string, Partial<IpValue>, string]>([
    ['whose network is wider than they are', { subnets: '248.0.0.0' }, 'the network of 10.0.0.4/5 is in none of them'],
    ['whose name server is elsewhere', { dnsServers: '8.8.8.8' }, '8.8.8.8 is in none of them'],
    ['that leaves the address to DHCP', { dhcpEnabled: true, addresses: '' }, 'DHCP could give any address'],
  ])('refuses by the ranges a request %s', (_, differences, reason) => {
    const policy = { ...permissive, addressRanges: [subnet('10.0.0.0/8')] };
    expect(objectionTo(proposalOf(differences), policy)).toEqual({ rule: 'address_ranges', reason });
  });

  it('judges of a port the adapter that the host named, and refuses if either is denied', () => {
    const bridge = { name: 'br0', mac: eth0.mac, guid: undefined };
    const proposal = { ...proposalOf({}), adapter: bridge };
    expect(objectionTo(proposal, permissive, eth0)).toBeUndefined();
    for (const name of ['eth0', 'br0']) {
      const policy = { ...permissive, deniedInterfaces: [name] };
      expect(objectionTo(proposal, policy, eth0)?.rule).toBe('denied_interfaces');
    }
  });

  it('keeps the gateways that may not be changed, or says why they cannot stay', () => {
    const policy = { ...permissive, gateway: false };
    const present = (address: string) => [{ family: 'ipv4' as const, address }];
    expect(withWhatStays(proposalOf({}), policy, present('10.0.0.1'))).toMatchObject({
      gateways: [{ address: '10.0.0.1', onLink: false }],
    });
    expect(withWhatStays(proposalOf({}), policy, present('10.9.0.1'))).toHaveProperty('obstacle');
    expect(withWhatStays(proposalOf({}), permissive, present('10.0.0.1'))).toMatchObject({ gateways: [] });
  });

  it('names the address that is in none of the ranges', () => {
    const policy = { ...permissive, addressRanges: [subnet('10.1.0.0/16')] };
    expect(objectionTo(proposalOf({}), policy)?.reason).toBe('10.0.0.4 is in none of them');
  });
});

describe('the limit of changes', () => {
  const file = (): string => join(temporaryFolder(), 'state', 'counts.json');

  it('counts those of the last minute, of each adapter for itself', () => {
    let now = 5000;
    const budget = new ChangeBudget(file(), () => now);
    expect([budget.take('eth0', 2), budget.take('eth0', 2), budget.take('eth0', 2)]).toEqual([true, true, false]);
    expect(budget.take('eth1', 2)).toBe(true);
    now += 59_999;
    expect(budget.take('eth0', 2)).toBe(false);
    now += 1;
    expect(budget.take('eth0', 2)).toBe(true);
  });

  it('outlives the process that counts, however that ends', () => {
    const path = file();
    let now = 5000;
    const next = (): boolean => new ChangeBudget(path, () => now).take('eth0', 2);
    expect([next(), next(), next()]).toEqual([true, true, false]);
    now += 59_999;
    expect(next()).toBe(false);
    now += 1;
    expect(next()).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('begins anew with the system, whose clock does', () => {
    const path = file();
    const at = (now: number): boolean => new ChangeBudget(path, () => now).take('eth0', 1);
    expect([at(100_000), at(20_000), at(20_001)]).toEqual([true, true, false]);
  });

  it('is none if it is 0, and needs no file then', () => {
    const path = file();
    const budget = new ChangeBudget(path);
    expect(Array.from({ length: 100 }, () => budget.take('eth0', 0))).not.toContain(false);
    expect(existsSync(path)).toBe(false);
  });

  it.each(['', 'nonsense', 'null', '{"eth0":1}', '{"eth0":["1"]}'])(
    'is not met by a count that is no count of ours: %s',
    (text) => {
      const path = file();
      mkdirSync(dirname(path));
      writeFileSync(path, text, { mode: 0o600 });
      const budget = new ChangeBudget(path);
      expect(() => budget.take('eth0', 1)).toThrow('moved aside');
      expect([budget.take('eth0', 1), budget.take('eth0', 1)]).toEqual([true, false]);
    },
  );
});
