import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ifupdown } from '../../../../../src/ip-information/backends/ifupdown/ifupdown.ts';
import { AddressFamily, type IpValue } from '../../../../../src/message/ip-value.ts';
import { fakeMachine } from '../../../platform/fake-machine.ts';
import { changes } from '../../support/plans.ts';
import { proposalOf } from '../../support/proposals.ts';

const main = '/etc/network/interfaces';
const programs = {
  busybox: { 'ifup --version': { status: 1, output: '', errors: 'BusyBox v1.35.0\n' } },
  'ifupdown-ng': { 'ifup --version': 'ifupdown-ng 0.12.1\n' },
} as const;
const ipv4 = { addressFamily: AddressFamily.ipv4, gateways: '10.0.0.1' };
const dhcp = { dhcpEnabled: true, addresses: '', subnets: '', gateways: '' };
const ipv6 = { addressFamily: AddressFamily.ipv6, addresses: '2001:db8::5', subnets: '/64', gateways: '' };
const nothing = { addresses: '', subnets: '', gateways: '' };

type Files = Readonly<Record<string, string>>;

async function planned(program: keyof typeof programs, files: Files, differences: Partial<IpValue> = {}) {
  const machine = fakeMachine({
    files: { '/run/ifstate': 'lo=lo 1\neth0=eth0 1 explicit\n', '/usr/bin/cloud-init': '', ...files },
    commands: programs[program],
  });
  chmodSync(join(machine.root, '/usr/bin/cloud-init'), 0o755);
  return await ifupdown.plan(proposalOf({ ...ipv4, ...differences }), machine);
}

async function changed(program: keyof typeof programs, text: string, differences: Partial<IpValue> = {}) {
  const plan = await planned(program, { [main]: text }, differences);
  if ('impossible' in plan) throw new Error(plan.impossible);
  return changes(text, plan.files[0]?.text ?? text);
}

describe('with busybox’s ifup', () => {
  it('automatic IPv6 is never written, which would make it refuse the whole file', async () => {
    const text = 'auto eth0\niface eth0 inet6 static\n\taddress 2001:db8::4\n\tnetmask 64\n\tautoconf 1\n';
    const { come } = await changed('busybox', text, { ...ipv6, ...nothing });
    expect(come).toEqual(['iface eth0 inet6 manual']);
  });

  it('addresses that are added have a netmask each, without which it knows none', async () => {
    const text = 'auto eth0\niface eth0 inet dhcp\n\thostname guest\n\tudhcpc_opts -t 5\n';
    const addresses = { addressFamily: 0, addresses: '10.0.0.4;2001:db8::4', subnets: '24;64' };
    const { gone, come } = await changed('busybox', text, addresses);
    expect(gone).toEqual(['iface eth0 inet dhcp']);
    expect(come).toEqual([
      ...['iface eth0 inet static', '\taddress 10.0.0.4', '\tnetmask 255.255.255.0', '\tgateway 10.0.0.1'],
      ...['iface eth0 inet6 static', '    address 2001:db8::4', '    netmask 64'],
    ]);
  });

  it('a file of a folder counts, whatever its name (rule 6)', async () => {
    const path = '/etc/network/interfaces.d/eth0.conf';
    const files = {
      [main]: 'source-directory /etc/network/interfaces.d\n',
      [path]: 'auto eth0\niface eth0 inet dhcp\n',
    };
    expect(await planned('busybox', files)).toMatchObject({ files: [{ path }] });
  });

  it('what brings a stanza up is in the main file, the only one of which Alpine’s service knows (rule 12)', async () => {
    const source = 'source /etc/network/interfaces.d/eth0\n';
    const files = {
      [main]: source,
      '/etc/network/interfaces.d/eth0': 'iface eth0 inet dhcp\n',
      '/run/ifstate': 'lo=lo\n',
    };
    expect(await planned('busybox', files)).toMatchObject({
      files: [{ path: main, text: `${source}auto eth0\n` }, {}],
    });
  });
});

describe('a stanza in the form of ifupdown-ng', () => {
  const text = `auto eth0
interface eth0
\tuse dhcp
\trequires eth1
\tmtu 1400
\taddress 2001:db8::4/64
\tpost-up /usr/local/sbin/firewall
`;

  it('gets addresses of the family of the request in place of DHCP, and keeps all else (rules 1 and 3)', async () => {
    const addresses = { addresses: '10.0.0.4;10.0.0.5', subnets: '24;24' };
    expect(await changed('ifupdown-ng', text, addresses)).toEqual({
      gone: ['\tuse dhcp'],
      come: ['\taddress 10.0.0.4/24', '\taddress 10.0.0.5/24', '\tgateway 10.0.0.1'],
    });
  });

  it('has DHCP again, and is not touched where it has', async () => {
    expect(await changed('ifupdown-ng', text, dhcp)).toEqual({ gone: [], come: [] });
    const fixed = text.replace(
      'use dhcp',
      'address 192.168.1.4/24\n\tgateway 192.168.1.1\n\tpoint-to-point 192.168.1.9',
    );
    expect(await changed('ifupdown-ng', fixed, dhcp)).toEqual({
      gone: ['\taddress 192.168.1.4/24', '\tgateway 192.168.1.1', '\tpoint-to-point 192.168.1.9'],
      come: ['\tuse dhcp'],
    });
  });

  it('keeps its netmask as long as an address is left that has no prefix length (rule 1)', async () => {
    const masked = 'auto eth0\niface eth0\n\taddress 192.168.1.4\n\taddress 2001:db8::4\n\tnetmask 64\n';
    expect((await changed('ifupdown-ng', masked)).gone).toEqual(['\taddress 192.168.1.4']);
    const alone = masked.replace('\taddress 192.168.1.4\n', '');
    expect((await changed('ifupdown-ng', alone, ipv6)).gone).toEqual(['\taddress 2001:db8::4', '\tnetmask 64']);
  });

  it('may stand beside one with a family, whose DHCP goes with it (rule 2)', async () => {
    const mixed = 'auto eth0\niface eth0 inet dhcp\n\tmtu 1400\n\niface eth0\n\taddress 2001:db8::4/64\n';
    expect(await changed('ifupdown-ng', mixed)).toEqual({
      gone: ['iface eth0 inet dhcp'],
      come: ['iface eth0 inet manual', '\taddress 10.0.0.4/24', '\tgateway 10.0.0.1'],
    });
    expect(await changed('ifupdown-ng', mixed, dhcp)).toEqual({ gone: [], come: [] });
  });

  it.each(['iface eth0 inherits lan\n', 'iface eth0\n\tinherit lan\n'])(
    'is refused where what it extends has addresses or DHCP: %j',
    async (own) => {
      const template = 'template lan\n\tmtu 1400\n\tuse dhcp\n\n';
      expect(await planned('ifupdown-ng', { [main]: `${template}auto eth0\n${own}` })).toHaveProperty('impossible');
      const harmless = `${template.replace('\tuse dhcp\n', '')}auto eth0\n${own}`;
      expect(await planned('ifupdown-ng', { [main]: harmless })).toHaveProperty('files');
    },
  );
});

describe('ifupdown-ng, which starts a DHCP client for an option of it', () => {
  const options = '\tclient guest\n\tdhcp-config /etc/dhcp.conf\n\thostname guest\n';

  it.each(['iface eth0\n\tuse dhcp\n', 'iface eth0 inet dhcp\n'])(
    'starts none beside static addresses, and the options are heeded again with DHCP (rules 2 and 3): %j',
    async (own) => {
      const text = `auto eth0\n${own}${options}`;
      const { gone, come } = await changed('ifupdown-ng', text);
      expect(gone).toEqual(expect.arrayContaining(['\tclient guest', '\tdhcp-config /etc/dhcp.conf']));
      expect(come).toEqual(expect.arrayContaining(['\tdhcp_client_id guest', '\tdhcp_config /etc/dhcp.conf']));
      expect(gone).not.toContain('\thostname guest');
      expect(await changed('ifupdown-ng', text, dhcp)).toEqual({ gone: [], come: [] });
      expect((await changed('ifupdown-ng', text, ipv6)).gone).toEqual([]);
    },
  );
});

describe('where cloud-init makes /etc/network/interfaces (rule 12)', () => {
  const text =
    '# This file is generated from information provided by the datasource.\nauto eth0\niface eth0 inet dhcp\n';
  const off = 'network: {config: disabled}\n';

  it('a request is refused, for the change would not outlive a start', async () => {
    const plan = await planned('ifupdown-ng', { [main]: text });
    expect(plan).toEqual({
      impossible: expect.stringContaining('cloud-init writes /etc/network/interfaces') as string,
    });
  });

  it.each<[string, Files]>([
    ['unless that is switched off', { '/etc/cloud/cloud.cfg.d/99-network.cfg': off }],
    ['or all of it', { '/etc/cloud/cloud-init.disabled': '' }],
  ])('%s', async (_, files) => {
    expect(await planned('ifupdown-ng', { [main]: text, ...files })).toHaveProperty('files');
  });
});
