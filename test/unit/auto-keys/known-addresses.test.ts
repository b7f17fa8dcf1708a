import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KnownAddresses } from '../../../src/auto-keys/known-addresses.ts';
import { defaultReport } from '../../../src/auto-keys/report-settings.ts';
import type { Awaitable } from '../../../src/message/awaitable.ts';
import type { AdapterAddress, DefaultRoute } from '../../../src/platform/adapter.ts';
import { namespaces, needs } from '../../support/needs.ts';

const program = join(import.meta.dirname, 'programs/next-request.mjs');
const settlingMs = 1000;

function addressOf(address: string): AdapterAddress {
  return { adapter: 'eth0', family: 'ipv4', address, netmask: '255.255.255.0', prefixLength: 24 };
}

/** A network whose address, reports and time a test sets. */
function network(readDefaultRoutes: () => Awaitable<readonly DefaultRoute[]> = () => []) {
  const state = { address: '10.0.0.4', reported: false, nowMs: 0, reads: 0 };
  const watch = {
    changed: () => {
      const { reported } = state;
      state.reported = false;
      return reported;
    },
    close: () => undefined,
  };
  const readAddresses = () => {
    state.reads += 1;
    return [addressOf(state.address)];
  };
  const known = new KnownAddresses(
    { readAddresses, readDefaultRoutes, readLinks: () => [] },
    watch,
    defaultReport,
    () => state.nowMs,
  );
  return { state, known };
}

describe('the known addresses', () => {
  it('are found out once while nothing changes', () => {
    const { state, known } = network();
    state.nowMs = settlingMs;
    for (let request = 0; request < 3; request += 1) expect(known.current('ipv4')).toBe('10.0.0.4');
    expect(state.reads).toBe(1);
    expect(known.current('ipv6')).toBe('');
    expect(state.reads).toBe(2);
  });

  it('are found out anew after a report', () => {
    const { state, known } = network();
    state.nowMs = settlingMs;
    expect(known.current('ipv4')).toBe('10.0.0.4');
    state.address = '10.0.0.5';
    state.reported = true;
    expect(known.current('ipv4')).toBe('10.0.0.5');
  });

  it('are not kept right after a report, since the kernel does not report all its consequences', () => {
    const { state, known } = network();
    state.nowMs = settlingMs;
    state.reported = true;
    expect(known.current('ipv4')).toBe('10.0.0.4');
    state.address = '10.0.0.5';
    expect(known.current('ipv4')).toBe('10.0.0.5');
    state.nowMs += settlingMs;
    expect(known.current('ipv4')).toBe('10.0.0.5');
    state.address = '10.0.0.6';
    expect(known.current('ipv4')).toBe('10.0.0.5');
  });

  it('are not kept if something changes while they are found out', async () => {
    const { state, known } = network(async () => {
      await Promise.resolve();
      const routes: readonly DefaultRoute[] = [];
      state.reported = true;
      return routes;
    });
    state.nowMs = settlingMs;
    expect(await known.current('ipv4')).toBe('10.0.0.4');
    state.address = '10.0.0.5';
    expect(await known.current('ipv4')).toBe('10.0.0.5');
  });
});

interface Step {
  readonly command: string;
  readonly ipv4: string;
  readonly ipv6: string;
  /** Whether the request after the next one was answered without asking the system. */
  readonly isKept: boolean;
}

describe('in a network of the real kernel', () => {
  it('every change is seen by the very next request, and nothing is asked for while nothing changes', () => {
    needs(namespaces);
    const expected: readonly (readonly [command: string, ipv4: string, ipv6: string])[] = [
      ['true', '', ''],
      ['ip link add eth0 type veth peer name far0; ip link set far0 up; ip link set eth0 up', '', ''],
      ['ip addr add 10.0.0.4/24 dev eth0', '10.0.0.4', ''],
      ['ip addr add 2001:db8::4/64 dev eth0 nodad', '10.0.0.4', '2001:db8::4'],
      ['ip link add eth1 type veth peer name far1; ip link set far1 up', '10.0.0.4', '2001:db8::4'],
      ['ip link set eth1 up; ip addr add 10.0.1.4/24 dev eth1', '10.0.0.4;10.0.1.4', '2001:db8::4'],
      ['ip route add default via 10.0.1.1', '10.0.1.4;10.0.0.4', '2001:db8::4'],
      ['ip route replace default via 10.0.0.1', '10.0.0.4;10.0.1.4', '2001:db8::4'],
      ['ip route del default', '10.0.0.4;10.0.1.4', '2001:db8::4'],
      ['ip nexthop add id 7 via 10.0.1.1 dev eth1', '10.0.0.4;10.0.1.4', '2001:db8::4'],
      ['ip route add default nhid 7', '10.0.1.4;10.0.0.4', '2001:db8::4'],
      ['ip nexthop del id 7', '10.0.0.4;10.0.1.4', '2001:db8::4'],
      ['ip -6 addr add 2001:db8:1::4/64 dev eth1 nodad', '10.0.0.4;10.0.1.4', '2001:db8::4;2001:db8:1::4'],
      ['ip -6 route add default via 2001:db8:1::1', '10.0.0.4;10.0.1.4', '2001:db8:1::4;2001:db8::4'],
      ['ip -6 route del default', '10.0.0.4;10.0.1.4', '2001:db8::4;2001:db8:1::4'],
      ['ip route add default via 10.0.1.1', '10.0.1.4;10.0.0.4', '2001:db8::4;2001:db8:1::4'],
      ['ip link set eth1 down', '10.0.0.4', '2001:db8::4'],
      // More than the kernel keeps of reports for us.
      [
        'for i in $(seq 500); do ip addr add 10.0.0.4/24 dev eth1; ip addr del 10.0.0.4/24 dev eth1; done; ip addr del 10.0.0.4/24 dev eth0',
        '',
        '2001:db8::4',
      ],
      ['ip link del eth0', '', ''],
    ];
    const commands = expected.map(([command]) => command);
    const output = execFileSync('unshare', ['--net', process.execPath, program, ...commands], { encoding: 'utf8' });
    // The program prints one step a line.
    const steps = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Step);
    expect(steps).toEqual(expected.map(([command, ipv4, ipv6]) => ({ command, ipv4, ipv6, isKept: true })));
  });
});
