import { describe, expect, it } from 'vitest';
import { networkManager } from '../../../../src/ip-information/backends/network-manager.ts';
import { AddressFamily, type IpValue } from '../../../../src/message/ip-value.ts';
import { edited, path } from '../support/network-manager-plan.ts';
import { networkManagerMachine, office } from '../support/network-manager-machine.ts';
import { proposalOf, requests } from '../support/proposals.ts';

const ipv4 = { addressFamily: AddressFamily.ipv4, gateways: '10.0.0.1' };
const ipv6 = { ...requests['static-ipv6'], addressFamily: AddressFamily.ipv6 };

describe('the method of a profile', () => {
  it.each(['disabled', 'ignore', 'link-local', 'dhcp', 'auto'])(
    'has the method %s of IPv6 again once addresses of a request go, to the byte',
    async (method) => {
      const text = office
        .replace('method=auto', `method=${method}`)
        .replaceAll('\n', method === 'dhcp' ? '\r\n' : '\n');
      const fixed = await edited(text, { ...ipv6, dnsServers: '2001:db8::53' });
      expect(fixed).toMatch(/\[ipv6\][^[]*\nmethod=manual\r?\n/);
      const changed = await edited(fixed, { ...ipv6, addresses: '2001:db8::77' });
      const emptied = await edited(changed, { addressFamily: AddressFamily.ipv6, addresses: '', subnets: '' });
      expect(emptied.replace(/dns=2001:db8::53;\r?\n/, '')).toBe(text);
    },
  );

  it('keeps a method of IPv6 that a person has set since', async () => {
    const fixed = await edited(office.replace('method=auto', 'method=disabled'), ipv6);
    const byHand = fixed.replace(/method=manual\naddress1=2001.*\n/, 'method=auto\n');
    expect(byHand).toMatch(/in place of disabled\nmethod=auto\n/);
    const emptied = await edited(byHand, { addressFamily: AddressFamily.ipv6, addresses: '', subnets: '' });
    expect(emptied).toContain('\nmethod=auto\n');
    expect(emptied).not.toContain('method=disabled');
  });

  it.each(['ipv4', 'ipv6'] as const)('goes on sharing its network with others (%s)', async (family) => {
    const [request, method] = family === 'ipv4' ? [ipv4, 'manual'] : [ipv6, 'auto'];
    const text = office
      .replace(`method=${method}`, 'method=shared')
      .replace('dns=192.168.1.1;\ndns-search=example.org;\n', '');
    const next = await edited(text, request);
    expect(next).toContain('method=shared\n');
    expect(next).toContain(family === 'ipv4' ? 'address1=10.0.0.4/24\n' : 'address1=2001:db8::4/64\n');
  });

  it('is kept, and refused what NetworkManager would leave out of one that shares its network', async () => {
    const text = office
      .replace('method=manual', 'method=shared')
      .replace('dns=192.168.1.1;\ndns-search=example.org;\n', '');
    const planned = (request: Partial<IpValue>): unknown =>
      networkManager.plan(proposalOf({ ...ipv4, ...request }), networkManagerMachine({ [path]: text }));
    expect(await planned({ addresses: '10.0.0.4;10.0.0.5', subnets: '/24;/24' })).toEqual({
      impossible: 'the profile shares its network (method=shared), so it has one IPv4 address only',
    });
    expect(await planned({ dnsServers: '10.0.0.2' })).toEqual({
      impossible: 'the profile takes no ipv4 servers (method=shared)',
    });
  });
});
