import { describe, expect, it } from 'vitest';
import { changedIpValue, ipValueOf } from '../../../src/hvkvp/simulate/ip.ts';
import { CommandError } from '../../../src/hvkvp/simulate/words.ts';

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

  it('may name the families that it is about', () => {
    expect(ipValueOf('{guid}', ['family=both', 'addresses=192.0.2.1'])).toMatchObject({ addressFamily: 3 });
    expect(ipValueOf('{guid}', ['family=ipv6'])).toMatchObject({ addressFamily: 2, addresses: '' });
    expect(() => ipValueOf('{guid}', ['family=ipx'])).toThrow(CommandError);
  });

  it('may change the object that the guest told, and leave the rest', () => {
    const told = {
      ...{ adapterId: '{guid}', addressFamily: 3, dhcpEnabled: true },
      ...{ addresses: '192.0.2.1;fe80::1', subnets: '/24;/64', gateways: '192.0.2.254', dnsServers: '192.0.2.53' },
    };
    expect(changedIpValue(told, ['echo', 'dhcp=off', 'addresses=192.0.2.9'])).toEqual({
      ...told,
      dhcpEnabled: false,
      addresses: '192.0.2.9',
    });
    expect(changedIpValue(told, ['echo'])).toEqual(told);
  });

  it('must be known', () => {
    expect(() => ipValueOf('{guid}', ['mtu=9000'])).toThrow(CommandError);
  });
});
