import { describe, expect, it } from 'vitest';
import { readDefaultRoutes } from '../../../../src/platform/linux/default-routes.ts';
import { fakeMachine } from '../fake-machine.ts';

const ipv4Heading = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT   \n';
const any = '0'.repeat(32);

function ipv4(...lines: readonly string[]) {
  const files = { '/proc/net/route': ipv4Heading + lines.map((line) => `${line}   \n`).join('') };
  return readDefaultRoutes(fakeMachine({ files }), 'ipv4');
}

function ipv6(...lines: readonly string[]) {
  return readDefaultRoutes(fakeMachine({ files: { '/proc/net/ipv6_route': `${lines.join('\n')}\n` } }), 'ipv6');
}

describe('the default routes of IPv4', () => {
  it('are those to 0.0.0.0/0, the lowest metric first', () => {
    const routes = ipv4(
      'eth1\t00000000\t0101000A\t0003\t0\t0\t200\t00000000\t0\t0\t0',
      'eth0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0',
      'eth0\t000200C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0',
    );
    expect(routes).toEqual([
      { adapter: 'eth0', gateway: '192.0.2.1' },
      { adapter: 'eth1', gateway: '10.0.1.1' },
    ]);
  });

  it('do not include the halves of everything that a VPN puts before them', () => {
    expect(ipv4('tun0\t00000000\t01080A0A\t0003\t0\t0\t0\t00000080\t0\t0\t0')).toEqual([]);
  });

  it('do not include a rejecting one', () => {
    expect(ipv4('*\t00000000\t00000000\t0200\t0\t0\t0\t00000000\t0\t0\t0')).toEqual([]);
  });

  it('may have no gateway', () => {
    expect(ipv4('ppp0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0')).toEqual([
      { adapter: 'ppp0', gateway: undefined },
    ]);
  });
});

describe('the default routes of IPv6', () => {
  it('are those to ::/0, the lowest metric first', () => {
    const routes = ipv6(
      `fd000000000000000000000000000000 40 ${any} 00 ${any} 00000100 00000001 00000000 00000001     eth0`,
      `${any} 00 ${any} 00 fe8000000000000002155dfffe010203 00000400 00000002 00000000 00450003     eth1`,
      `${any} 00 ${any} 00 fd000000000000000000000000000001 00000064 00000002 00000000 00000003     eth0`,
    );
    expect(routes).toEqual([
      { adapter: 'eth0', gateway: 'fd00::1' },
      { adapter: 'eth1', gateway: 'fe80::215:5dff:fe01:203' },
    ]);
  });

  it('do not include the one of the loopback that rejects', () => {
    expect(ipv6(`${any} 00 ${any} 00 ${any} ffffffff 00000001 00000000 00200200       lo`)).toEqual([]);
  });
});

it('there is no default route where the kernel has no IPv6', () => {
  expect(readDefaultRoutes(fakeMachine({}), 'ipv6')).toEqual([]);
});
