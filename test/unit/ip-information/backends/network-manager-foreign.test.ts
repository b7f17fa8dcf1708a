import { describe, expect, it } from 'vitest';
import { networkManager } from '../../../../src/ip-information/backends/network-manager.ts';
import type { Plan } from '../../../../src/ip-information/plan.ts';
import { AddressFamily } from '../../../../src/message/ip-value.ts';
import { networkManagerMachine } from '../support/network-manager-machine.ts';
import { proposalOf, requests } from '../support/proposals.ts';

const path = '/run/NetworkManager/system-connections/eth0.nmconnection';
const madeUp = `[connection]
id=eth0
uuid=made-up
type=ethernet
autoconnect=false
interface-name=eth0
timestamp=1796106832

[ethernet]
mac-address=00:15:5D:01:02:0A

[ipv4]
address1=192.168.1.4/24
gateway=192.168.1.1
method=manual

[ipv6]
addr-gen-mode=default
method=link-local

[proxy]

[.nmmeta]
nm-generated=true
volatile=true
external=true
`;
const ipv6 = { ...requests['static-ipv6'], dnsServers: '', addressFamily: AddressFamily.ipv6 };
const address =
  '2: eth0    inet 192.168.1.4/24 brd 192.168.1.255 scope global eth0\\       valid_lft forever preferred_lft forever\n';
const leased = address
  .replace('global eth0', 'global dynamic eth0')
  .replace('forever preferred_lft forever', '500sec preferred_lft 400sec');
const byRouter =
  '2: eth0    inet6 2001:db8::7/64 scope global dynamic mngtmpaddr \\       valid_lft 86400sec preferred_lft 14400sec\n';

async function planned(state: string, addresses: string): Promise<Plan> {
  const machine = networkManagerMachine(
    { [path]: madeUp },
    { state, active: 'made-up', rows: { 'made-up': 'eth0:0:0:no' } },
  );
  const outputs: Readonly<Record<string, string>> = {
    'ip -o address show dev eth0 scope global': addresses,
    'ip -4 route show dev eth0':
      'default via 192.168.1.1 linkdown \n10.9.0.0/16 via 192.168.1.2 metric 5 \n192.168.1.0/24 proto kernel scope link src 192.168.1.4 \n',
    'ip -6 route show dev eth0': 'fe80::/64 proto kernel metric 256 pref medium\n',
  };
  const plan = await networkManager.plan(proposalOf(ipv6), {
    ...machine,
    run(program, args, options) {
      const output = outputs[[program, ...args].join(' ')];
      return output === undefined
        ? machine.run(program, args, options)
        : Promise.resolve({ status: 0, output, errors: '' });
    },
  });
  if ('impossible' in plan) throw new Error(plan.impossible);
  return plan;
}

describe.each(['100 (connected (externally))', '100 (connected)'])(
  'what another program has set, in a profile that NetworkManager has made up: %s',
  (state) => {
    it('stays as far as the request is not about it, in the new profile (rule 1)', async () => {
      const text = (await planned(state, address)).files[0]?.text ?? '';
      expect(text).toContain(
        '[ipv4]\naddress1=192.168.1.4/24\nroute1=0.0.0.0/0,192.168.1.1\nroute2=10.9.0.0/16,192.168.1.2,5\nmethod=manual\n',
      );
      expect(text).toContain('mac-address=00:15:5D:01:02:0A\n');
      expect(text).toContain('address1=2001:db8::4/64\n');
      expect(text).not.toMatch(/nmmeta|generated|volatile|external|interface-name|autoconnect=/);
    });

    it('comes back if the change fails (rule 10)', async () => {
      const { undo } = await planned(state, address + byRouter);
      expect(undo.before.map(({ args }) => args.slice(0, 2))).toEqual([['connection', 'down']]);
      expect(undo.commands.slice(1).map(({ args }) => args.join(' '))).toEqual([
        'link set dev eth0 up',
        'address replace 192.168.1.4/24 broadcast 192.168.1.255 dev eth0',
        '-4 route replace default via 192.168.1.1 dev eth0',
        '-4 route replace 10.9.0.0/16 via 192.168.1.2 metric 5 dev eth0',
      ]);
    });

    it('is asked for by DHCP if it has come so', async () => {
      const { files, undo } = await planned(state, leased);
      expect(files[0]?.text).toContain('[ipv4]\nmethod=auto\n');
      expect(undo.commands[2]?.args.join(' ')).toContain('valid_lft 500 preferred_lft 400 dev eth0');
    });
  },
);

it('IPv6 is automatic again once a request’s addresses go, as in any new profile', async () => {
  const [file] = (await planned('100 (connected (externally))', address)).files;
  expect(file?.text).not.toContain('in place of');
});
