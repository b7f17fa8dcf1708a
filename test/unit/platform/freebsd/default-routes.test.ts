import { describe, expect, it } from 'vitest';
import type { IpFamily } from '../../../../src/platform/adapter.ts';
import { readDefaultRoutes } from '../../../../src/platform/freebsd/default-routes.ts';
import { fakeMachine } from '../fake-machine.ts';
import { netstatIpv4, netstatIpv6, netstatNoRoutes } from './recorded.ts';

const commands = {
  'netstat -rn -f inet --libxo json': netstatIpv4,
  'netstat -rn -f inet6 --libxo json': netstatIpv6,
};

function readWith(output: string, family: IpFamily = 'ipv4') {
  return readDefaultRoutes(fakeMachine({ commands: { 'netstat -rn -f inet --libxo json': output } }), family);
}

describe('the default routes of FreeBSD', () => {
  it('are those that netstat(1) calls default', async () => {
    expect(await readDefaultRoutes(fakeMachine({ commands }), 'ipv4')).toEqual([
      { adapter: 'hn0', gateway: '10.0.0.1' },
    ]);
  });

  it('have gateways without scope, and none of the rejected ones', async () => {
    expect(await readDefaultRoutes(fakeMachine({ commands }), 'ipv6')).toEqual([
      { adapter: 'hn0', gateway: 'fe80::1234' },
    ]);
  });

  it('have no gateway where the link itself is the way out', async () => {
    const output = netstatIpv4.replace('"10.0.0.1"', '"link#2"');
    expect(await readWith(output)).toEqual([{ adapter: 'hn0', gateway: undefined }]);
  });

  it.each([
    ['there are no routes', netstatNoRoutes],
    ['the default one is rejected', netstatIpv4.replace('UGS', 'UGRS')],
    ['netstat(1) prints a table', 'Routing tables\n\nInternet:\nDestination        Gateway            Flags\n'],
    ['it prints nothing', ''],
    ['it is cut off', netstatIpv4.slice(0, -20)],
    ['it prints another form', '{"statistics": {"route-information": null}}'],
    ['its lists hold nonsense', netstatIpv4.replace(/"rt-entry": \[[^]*?\]/, '"rt-entry": [null, 1, "x", [], {}')],
  ])('are none where %s', async (_case, output) => {
    expect(await readWith(output)).toEqual([]);
  });

  it('are none where netstat(1) is missing', async () => {
    expect(await readWith(netstatIpv4, 'ipv6')).toEqual([]);
  });
});
