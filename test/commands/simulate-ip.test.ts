import { describe, expect, it } from 'vitest';
import { ipValueOf } from '../../src/commands/simulate-ip.ts';
import { CommandError } from '../../src/commands/simulate-words.ts';

describe('the settings of set-ip', () => {
  it('become what SET_IP_INFO carries', () => {
    const settings = [
      'addresses=192.0.2.1;2001:db8::1',
      'subnets=255.255.255.0;/64',
      'gateways=192.0.2.254',
      'dns=192.0.2.53',
    ];
    expect(ipValueOf('{guid}', settings)).toEqual({
      adapterId: '{guid}',
      addressFamily: 3,
      dhcpEnabled: false,
      addresses: '192.0.2.1;2001:db8::1',
      subnets: '255.255.255.0;/64',
      gateways: '192.0.2.254',
      dnsServers: '192.0.2.53',
    });
  });

  it('may be DHCP alone', () => {
    expect(ipValueOf('{guid}', ['dhcp'])).toMatchObject({ dhcpEnabled: true, addressFamily: 0, addresses: '' });
  });

  it('must be known', () => {
    expect(() => ipValueOf('{guid}', ['mtu=9000'])).toThrow(CommandError);
  });
});
