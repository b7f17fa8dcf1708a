import { describe, expect, it } from 'vitest';
import { wicked } from '../../../../src/ip-information/backends/wicked/wicked.ts';
import { AddressFamily } from '../../../../src/message/ip-value.ts';
import { fakeMachine } from '../../platform/fake-machine.ts';
import { changes } from '../support/plans.ts';
import { proposalOf } from '../support/proposals.ts';

const folder = '/etc/sysconfig/network';
const request = { addressFamily: AddressFamily.ipv4, gateways: '10.0.0.1' };

async function planned(files: Readonly<Record<string, string>>, differences = {}) {
  const plan = await wicked.plan(proposalOf({ ...request, ...differences }), fakeMachine({ files }));
  if ('impossible' in plan) throw new Error(plan.impossible);
  return Object.fromEntries(plan.files.map(({ path, text }) => [path.slice(folder.length + 1), text ?? '']));
}

async function changed(text: string, differences = {}) {
  return changes(text, (await planned({ [`${folder}/ifcfg-eth0`]: text }, differences))['ifcfg-eth0'] ?? text);
}

describe('a file of SUSE for wicked', () => {
  it('keeps all that is not an address, its quotes and its bytes (rule 3)', async () => {
    const text = `# B\xfcro
STARTMODE='auto'
BOOTPROTO='static'
IPADDR='192.168.1.4/24'
IPADDR_1='192.168.1.5/24'
LABEL_1='1'
IPADDR_2='2001:db8::4/64'
MTU='1400'
ZONE='internal'
`;
    expect(await changed(text)).toEqual({
      gone: ["IPADDR='192.168.1.4/24'", "IPADDR_1='192.168.1.5/24'", "LABEL_1='1'"],
      come: ["IPADDR='10.0.0.4/24'"],
    });
  });

  it.each([
    ['dhcp', 'dhcp6'],
    ['dhcp4', 'static'],
    ['dhcp6', 'dhcp6'],
    ['static', 'static'],
  ])('has BOOTPROTO=%s turned into %s by an IPv4 address: DHCP of IPv6 stays (rule 1)', async (former, next) => {
    const text = (await planned({ [`${folder}/ifcfg-eth0`]: `BOOTPROTO='${former}'\n` }))['ifcfg-eth0'];
    expect(text).toContain(`BOOTPROTO='${next}'\n`);
  });

  it('has its default routes replaced where they are, and no others (rules 2, 3 and 5)', async () => {
    const files = await planned({
      [`${folder}/ifcfg-eth0`]: "IPADDR='192.168.1.4/24'\n",
      [`${folder}/routes`]: 'default 192.168.9.1 - eth1\ndefault\t192.168.1.1 - -\ndefault 2001:db8::1 - -\n',
      [`${folder}/ifroute-eth0`]: '172.16.0.0/12 192.168.1.2\ndefault 192.168.1.9 - - table 100\ndefault 192.168.1.3\n',
    });
    expect(files['routes']).toBe('default 192.168.9.1 - eth1\ndefault\t10.0.0.1 - -\ndefault 2001:db8::1 - -\n');
    expect(files['ifroute-eth0']).toBe(
      '172.16.0.0/12 192.168.1.2\ndefault 192.168.1.9 - - table 100\ndefault 10.0.0.1\n',
    );
  });
});
