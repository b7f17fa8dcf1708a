import { expect, it } from 'vitest';
import { networkd } from '../../../../../src/ip-information/backends/networkd/networkd.ts';
import { AddressFamily } from '../../../../../src/message/ip-value.ts';
import { fakeMachine } from '../../../platform/fake-machine.ts';
import { filesOf, networkdHas } from '../../support/plans.ts';
import { proposalOf, requests } from '../../support/proposals.ts';

const ipv6 = { ...requests['static-ipv6'], addressFamily: AddressFamily.ipv6, dnsServers: '' };
const end = 'scope global eth0\\       valid_lft forever preferred_lft forever\n';

async function plan(request: Parameters<typeof proposalOf>[0], addresses: string) {
  const machine = fakeMachine({
    files: networkdHas(undefined),
    commands: {
      'ip -o address show dev eth0 scope global': addresses,
      'ip -4 route show dev eth0':
        'default via 192.168.1.1 \n10.9.0.0/16 via 192.168.1.2 metric 5 \n192.168.1.0/24 proto kernel scope link src 192.168.1.4 \n',
    },
  });
  const made = await networkd.plan(proposalOf(request), machine);
  if ('impossible' in made) throw new Error(made.impossible);
  return made;
}

it('what another program has set stays in our file as far as the request is not about it, and comes back if that fails', async () => {
  const made = await plan(ipv6, `2: eth0    inet 192.168.1.4/24 brd 192.168.1.255 ${end}`);
  const [text] = Object.values(filesOf(made));
  expect(text).toContain('Address=192.168.1.4/24\n');
  expect(text).toContain('\n[Route]\nDestination=0.0.0.0/0\nGateway=192.168.1.1\n');
  expect(text).toContain('\n[Route]\nDestination=10.9.0.0/16\nGateway=192.168.1.2\nMetric=5\n');
  expect(made.undo.commands.slice(1).map(({ args }) => args.join(' '))).toEqual([
    'link set dev eth0 up',
    'address replace 192.168.1.4/24 broadcast 192.168.1.255 dev eth0',
    '-4 route replace default via 192.168.1.1 dev eth0',
    '-4 route replace 10.9.0.0/16 via 192.168.1.2 metric 5 dev eth0',
  ]);
});

it('nothing of it stays that the request is about', async () => {
  const made = await plan({ addressFamily: AddressFamily.ipv4 }, `2: eth0    inet 192.168.1.4/24 ${end}`);
  expect(Object.values(filesOf(made)).join('')).not.toContain('192.168.1');
});

it('the lease of another client is asked for', async () => {
  const leased =
    '2: eth0    inet 192.168.1.4/24 scope global dynamic eth0\\       valid_lft 500sec preferred_lft 400sec\n';
  const text = Object.values(filesOf(await plan(ipv6, leased))).join('');
  expect(text).toContain('DHCP=ipv4\n');
  expect(text).not.toContain('Address=192.168');
});
