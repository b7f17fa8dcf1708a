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

  it.each(['', 'iface eth0 inet6 manual\n    up touch /run/site\n    post-down touch /run/down\n'])(
    'without a word about it in the file has advertisements switched on again, with %j',
    async (own) => {
      const text = `auto eth0\niface eth0 inet dhcp\n${own}`;
      const kernel = {
        '/proc/sys/net/ipv6/conf/eth0/autoconf': '1\n',
        '/proc/sys/net/ipv6/conf/eth0/accept_ra': '2\n',
        '/run/network/ifstate': 'lo=lo\neth0=eth0\n',
      };
      const ipv6 = { addressFamily: AddressFamily.ipv6, addresses: '2001:db8::4', subnets: '64', gateways: '' };
      const planned = async (files: Readonly<Record<string, string>>, wanted: Partial<typeof ipv6> = ipv6) =>
        filesOf(await planOf(ifupdown, files, wanted, { 'ifup --version': 'ifup version 0.8.41\n' }))[main] ?? '';
      const written = await planned({ ...kernel, [main]: text });
      expect(written).toContain('$IFACE && echo 2 > accept_ra && echo 1 > autoconf || :\n');
      const removal = { ...ipv6, addresses: '', subnets: '' };
      const off = { ...kernel, '/proc/sys/net/ipv6/conf/eth0/autoconf': '0\n' };
      expect(await planned({ ...off, [main]: written }, removal)).toBe(text);
      expect(await planned({ ...off, [main]: text })).not.toContain('autoconf');
    },
  );
});
