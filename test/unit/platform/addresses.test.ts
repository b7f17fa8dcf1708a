import { describe, expect, it } from 'vitest';
import { isLinkLocal, readAddresses } from '../../../src/platform/addresses.ts';
import { fakeMachine } from './fake-machine.ts';

describe('readAddresses', () => {
  it('reads addresses of both families with mask and prefix length', () => {
    const machine = fakeMachine({ interfaces: { eth0: ['10.1.2.3/20', '2001:db8::5/64'] } });
    expect(readAddresses(machine)).toEqual([
      { adapter: 'eth0', family: 'ipv4', address: '10.1.2.3', netmask: '255.255.240.0', prefixLength: 20 },
      { adapter: 'eth0', family: 'ipv6', address: '2001:db8::5', netmask: 'ffff:ffff:ffff:ffff::', prefixLength: 64 },
    ]);
  });

  it('never reads the loopback, as the stock daemon for FreeBSD does', () => {
    const interfaces = {
      lo: ['127.0.0.1/8', '::1/128', '10.9.9.9/32'],
      lo0: ['fe80::1/64'],
      dummy0: ['127.0.0.2/8', '::1/128'],
    };
    expect(readAddresses(fakeMachine({ interfaces }))).toEqual([]);
  });

  it('never reads an unspecified address', () => {
    expect(readAddresses(fakeMachine({ interfaces: { eth0: ['0.0.0.0/0', '::/0'] } }))).toEqual([]);
  });

  it('counts an address with a label as one of its interface', () => {
    const machine = fakeMachine({ interfaces: { eth1: ['10.0.0.1/24'], 'eth1:backup': ['10.0.0.2/24'] } });
    expect(readAddresses(machine).map(({ adapter }) => adapter)).toEqual(['eth1', 'eth1']);
  });

  it('leaves out the scope of an address', () => {
    const machine = fakeMachine({});
    const scoped = {
      address: 'fe80::1%hn0',
      netmask: 'ffff:ffff:ffff:ffff::',
      family: 'IPv6',
      mac: '',
      internal: false,
    } as const;
    const networkInterfaces = () => ({ hn0: [{ ...scoped, cidr: null, scopeid: 1 }] });
    expect(readAddresses({ ...machine, networkInterfaces })).toEqual([
      { adapter: 'hn0', family: 'ipv6', address: 'fe80::1', netmask: scoped.netmask, prefixLength: 128 },
    ]);
  });
});

describe('isLinkLocal', () => {
  it.each(['169.254.0.1', 'fe80::1', 'fe90::1', 'febf::1'])('holds for %s', (address) => {
    expect(isLinkLocal(address)).toBe(true);
  });

  it.each(['169.25.4.1', '10.169.254.1', 'fec0::1', 'fd00::fe80', '2001:db8::1', 'fe8::1'])(
    'does not for %s',
    (address) => {
      expect(isLinkLocal(address)).toBe(false);
    },
  );
});
