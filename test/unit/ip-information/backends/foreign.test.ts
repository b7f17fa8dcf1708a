import { describe, expect, it } from 'vitest';
import { ifupdown } from '../../../../src/ip-information/backends/ifupdown/ifupdown.ts';
import { netplan } from '../../../../src/ip-information/backends/netplan/netplan.ts';
import { networkd } from '../../../../src/ip-information/backends/networkd/networkd.ts';
import type { BackEnd } from '../../../../src/ip-information/plan.ts';
import { AddressFamily } from '../../../../src/message/ip-value.ts';
import { fakeMachine } from '../../platform/fake-machine.ts';
import { filesOf, networkdHas } from '../support/plans.ts';
import { proposalOf, requests } from '../support/proposals.ts';

const ipv6 = { ...requests['static-ipv6'], addressFamily: AddressFamily.ipv6, dnsServers: '' };
const end = 'scope global eth0\\       valid_lft forever preferred_lft forever\n';
const fixed = `2: eth0    inet 192.168.1.4/24 brd 192.168.1.255 ${end}`;
const leased = fixed
  .replace('global', 'global dynamic')
  .replace('forever preferred_lft forever', '500sec preferred_lft 400sec');

async function plan(
  backEnd: BackEnd,
  request: Parameters<typeof proposalOf>[0],
  addresses: string,
  ifstate = 'lo=lo\n',
) {
  const machine = fakeMachine({
    files: {
      ...networkdHas(undefined),
      '/run/network/ifstate': ifstate,
      '/etc/network/interfaces': 'auto lo\niface lo inet loopback\n',
    },
    commands: {
      'ifup --version': 'ifup version 0.8.41\n',
      'ip -o address show dev eth0 scope global': addresses,
      'ip -4 route show dev eth0':
        'default via 192.168.1.1 \n10.9.0.0/16 via 192.168.1.2 metric 5 \n10.8.0.0/16 scope link \n192.168.1.0/24 proto kernel scope link src 192.168.1.4 \n',
    },
  });
  const made = await backEnd.plan(proposalOf(request), machine);
  if ('impossible' in made) throw new Error(made.impossible);
  const lines = made.undo.commands.map(({ program, args }) => [program, ...args].join(' '));
  return { text: Object.values(filesOf(made)).join(''), undo: lines.filter((line) => line.startsWith('ip ')) };
}

describe('what another program has set on an adapter that a network manager takes', () => {
  it.each([networkd, netplan, ifupdown])('comes back if the change fails (rule 10): $name', async (backEnd) => {
    expect((await plan(backEnd, ipv6, fixed)).undo).toEqual([
      'ip link set dev eth0 up',
      'ip address replace 192.168.1.4/24 broadcast 192.168.1.255 dev eth0',
      'ip -4 route append 10.8.0.0/16 scope link dev eth0',
      'ip -4 route replace default via 192.168.1.1 dev eth0',
      'ip -4 route replace 10.9.0.0/16 via 192.168.1.2 metric 5 dev eth0',
    ]);
    expect((await plan(backEnd, ipv6, '')).undo).toEqual([]);
  });

  it('is not asked for where ifupdown has the adapter', async () => {
    expect((await plan(ifupdown, ipv6, fixed, 'eth0=eth0\n')).undo).toEqual([]);
  });

  it('stays in our file as far as the request is not about it (rule 1)', async () => {
    const { text } = await plan(networkd, ipv6, fixed);
    expect(text).toContain('Address=192.168.1.4/24\n');
    expect(text).toContain('\n[Route]\nDestination=0.0.0.0/0\nGateway=192.168.1.1\n');
    expect(text).toContain('\n[Route]\nDestination=10.9.0.0/16\nGateway=192.168.1.2\nMetric=5\n');
    expect((await plan(netplan, ipv6, fixed)).text).toMatch(
      /192\.168\.1\.4\/24[^]*10\.9\.0\.0\/16[^]*192\.168\.1\.2[^]*metric: \S?5/,
    );
  });

  it.each([networkd, netplan])('is not there any more if the request is about it: $name', async (backEnd) => {
    expect((await plan(backEnd, { addressFamily: AddressFamily.ipv4 }, fixed)).text).not.toContain('192.168.1');
  });

  it('is asked for by DHCP if another client has had it', async () => {
    const { text } = await plan(networkd, ipv6, leased);
    expect(text).toContain('DHCP=ipv4\n');
    expect(text).not.toContain('Address=192.168');
    expect((await plan(netplan, ipv6, leased)).text).toContain('dhcp4: true\n');
  });
});
