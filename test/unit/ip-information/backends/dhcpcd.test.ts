import { describe, expect, it } from 'vitest';
import { dhcpcd } from '../../../../src/ip-information/backends/dhcpcd/dhcpcd.ts';
import { AddressFamily, type IpValue } from '../../../../src/message/ip-value.ts';
import { readDhcpState } from '../../../../src/platform/linux/dhcp-state.ts';
import type { Machine } from '../../../../src/platform/machine.ts';
import { fakeMachine } from '../../platform/fake-machine.ts';
import { changes, filesOf } from '../support/plans.ts';
import { eth0, proposalOf } from '../support/proposals.ts';

const path = '/etc/dhcpcd.conf';
const ipv4 = { addressFamily: AddressFamily.ipv4, gateways: '10.0.0.1' };
const dhcp = { addressFamily: AddressFamily.ipv4, dhcpEnabled: true, addresses: '', subnets: '' };
const text = `persistent

interface eth0
  metric 50
  static ip_address=192.168.1.4/24
  static routers=192.168.1.1
  static domain_name_servers=192.168.1.53
  # rack 7

interface eth1
static ip_address=192.168.2.4/24`;

function machine(configuration: string, files: Readonly<Record<string, string>> = {}): Machine {
  return fakeMachine({
    files: { '/run/dhcpcd/pid': '7\n', '/proc/7/comm': 'dhcpcd\n', [path]: configuration, ...files },
  });
}

async function changed(request: Partial<IpValue>, configuration = text) {
  const plan = await dhcpcd.plan(proposalOf(request), machine(configuration));
  if ('impossible' in plan) throw new Error(plan.impossible);
  return changes(configuration, filesOf(plan)[path]);
}

describe('the lines of an adapter in dhcpcd.conf(5)', () => {
  it('are those about its address, and nothing else (rules 2, 3 and 5)', async () => {
    expect(await changed(ipv4)).toEqual({
      gone: ['  static ip_address=192.168.1.4/24', '  static routers=192.168.1.1'],
      come: ['  static ip_address=10.0.0.4/24', '  static routers=10.0.0.1'],
    });
  });

  it('go with DHCP, and the servers stay unless the request has some', async () => {
    expect(await changed(dhcp)).toMatchObject({ come: [] });
    expect((await changed(dhcp)).gone).toHaveLength(2);
    expect(await changed({ ...dhcp, dnsServers: '10.0.0.53' })).toMatchObject({
      come: ['  static domain_name_servers=10.0.0.53'],
    });
  });

  it('leave IPv4 alone where the request is about IPv6 (rule 1)', async () => {
    const ipv6 = { addressFamily: AddressFamily.ipv6, addresses: '2001:db8::4', subnets: '/64' };
    expect(await changed(ipv6)).toEqual({ gone: [], come: ['static ip6_address=2001:db8::4/64'] });
  });

  it('are a block of their own where there is none, and that of another adapter ends without a line feed', async () => {
    const others = text.slice(text.indexOf('interface eth1'));
    expect(await changed(ipv4, others)).toEqual({
      gone: [],
      come: ['', 'interface eth0', 'static ip_address=10.0.0.4/24', 'static routers=10.0.0.1', ''],
    });
  });

  it('are not touched by a second request', async () => {
    const same = { ...ipv4, addresses: '192.168.1.4', gateways: '192.168.1.1', dnsServers: '192.168.1.53' };
    expect(await changed(same)).toEqual({ gone: [], come: [] });
  });

  it.each<[string, Partial<IpValue>, string]>([
    ['two addresses', { addresses: '10.0.0.4;10.0.0.5', subnets: '24;24' }, text],
    ['an IPv6 gateway', { addresses: '2001:db8::4', subnets: '/64', gateways: '2001:db8::1' }, text],
    ['an address of all adapters', ipv4, `static ip_address=192.168.1.4/24\n${text}`],
  ])('are refused for %s', async (_, request, configuration) => {
    expect(await dhcpcd.plan(proposalOf(request), machine(configuration))).toHaveProperty('impossible');
  });
});

describe('dhcpcd', () => {
  it.each<[string, boolean, () => Machine]>([
    ['that has all adapters', true, () => machine(text)],
    ['that is denied this one', false, () => machine(`denyinterfaces eth*\n${text}`)],
    ['that is allowed others', false, () => machine(`allowinterfaces wlan0 eth1\n${text}`)],
    ['of one adapter, as ifupdown starts it', false, () => fakeMachine({ files: { '/proc/7/comm': 'dhcpcd\n' } })],
  ])('%s', async (_, isManaged, guest) => {
    expect(await dhcpcd.manages(guest(), eth0)).toBe(isManaged);
  });

  it.each([
    ['on', true, 'interface eth0\nmetric 50\n'],
    ['off by a static address', false, text],
    ['off by a word', false, 'nodhcp\n'],
  ])('has DHCP %s', (_, isOn, configuration) => {
    expect(readDhcpState(machine(configuration), 'eth0')).toBe(isOn);
  });
});
