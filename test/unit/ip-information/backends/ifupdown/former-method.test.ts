import { describe, expect, it } from 'vitest';
import { ifupdown } from '../../../../../src/ip-information/backends/ifupdown/ifupdown.ts';
import { AddressFamily } from '../../../../../src/message/ip-value.ts';
import { filesOf, planOf } from '../../support/plans.ts';

const main = '/etc/network/interfaces';

describe('a stanza that had its IPv6 addresses by itself', () => {
  it.each(['auto', 'dhcp'])('is inet6 %s again, to the byte, once its static addresses are gone', async (method) => {
    const text = `auto eth0\niface eth0 inet6 ${method}\n    # of the site\n    accept_ra 2\n`;
    const ipv6 = { addressFamily: AddressFamily.ipv6, addresses: '2001:db8::4', subnets: '64', gateways: '' };
    const files = (own: string) => ({ [main]: own, '/run/network/ifstate': 'lo=lo\neth0=eth0\n' });
    const written = async (own: string, change: Partial<typeof ipv6>): Promise<string | undefined> => {
      return filesOf(await planOf(ifupdown, files(own), { ...ipv6, ...change }))[main] ?? undefined;
    };
    const once = (await written(text, {})) ?? '';
    const twice = await written(once, { addresses: '2001:db8::5' });
    expect(twice).toContain('iface eth0 inet6 static\n');
    expect(twice).toContain('2001:db8::5');
    expect(await written(twice ?? '', { addresses: '', subnets: '' })).toBe(text);
  });
});
