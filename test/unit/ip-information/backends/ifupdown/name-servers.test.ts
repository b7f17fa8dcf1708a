import { expect, it } from 'vitest';
import { ifupdown } from '../../../../../src/ip-information/backends/ifupdown/ifupdown.ts';
import { AddressFamily } from '../../../../../src/message/ip-value.ts';
import { filesOf, planOf } from '../../support/plans.ts';

const main = '/etc/network/interfaces';
const first = 'auto eth0\niface eth0 inet static\n    address 192.168.1.4/24\n';

/** What the stanzas after the first come to be. */
async function laterStanzas(text: string): Promise<string | undefined> {
  const files = { [main]: `${first}\n${text}`, '/run/network/ifstate': 'lo=lo\neth0=eth0\n' };
  const plan = await planOf(ifupdown, files, { addressFamily: AddressFamily.ipv4, dnsServers: '10.0.0.2' });
  return filesOf(plan)[main]?.split('\n\n')[1];
}

it('are told by the last stanza that tells a resolvconf anything of the family, and would else replace them (rule 9)', async () => {
  const second = 'iface eth0 inet manual\n    up logger up\n';
  const search = '    dns-search example.org\n';
  const v6 = '\niface eth0 inet6 manual\n    dns-search example.net\n';
  expect(await laterStanzas(`${second}${search}${v6}`)).toMatch(/^    dns-nameservers 10\.0\.0\.2$/m);
  expect(await laterStanzas(`${second}${v6}`)).not.toContain('10.0.0.2');
});
