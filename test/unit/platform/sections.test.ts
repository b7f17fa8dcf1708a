import { expect, it } from 'vitest';
import { parseSections } from '../../../src/platform/sections.ts';

it('reads the settings of an INI file by section, the last of a name winning', () => {
  const text =
    'DNS=1.1.1.1 8.8.8.8\n# c\n; c\n[Match]\nName=eth0\n\n[Network]\nDHCP = ipv4 \nDNS=1.1.1.1\n DNS=8.8.8.8\n[Empty]\nValue=\nnonsense\n';
  expect(Object.fromEntries(parseSections(text))).toEqual({
    DNS: '1.1.1.1 8.8.8.8',
    'Match.Name': 'eth0',
    'Network.DHCP': 'ipv4',
    'Network.DNS': '8.8.8.8',
    'Empty.Value': '',
  });
});
