import { describe, expect, it } from 'vitest';
import { networkManager } from '../../../../src/ip-information/backends/network-manager.ts';
import { AddressFamily } from '../../../../src/message/ip-value.ts';
import { edited, planFor, path } from '../support/network-manager-plan.ts';
import { networkManagerMachine, office } from '../support/network-manager-machine.ts';
import { eth0, proposalOf, requests } from '../support/proposals.ts';

const folder = '/etc/NetworkManager/system-connections';
const ownPath = `${folder}/hyperv-kvp-00155d01020a.nmconnection`;
const ownUuid = /^uuid=\w{8}-\w{4}-5\w{3}-8\w{3}-\w{12}$/m;
const ipv4 = { addressFamily: AddressFamily.ipv4, gateways: '10.0.0.1' };
const ipv6 = { ...requests['static-ipv6'], addressFamily: AddressFamily.ipv6 };

/** The lines that went and came. */
function changes(former: string, next: string): readonly string[] {
  const [before, after] = [former.split('\n'), next.split('\n')];
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `-${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+${line}`),
  ];
}

describe('the profile of an adapter', () => {
  it('keeps every byte that is not about addresses', async () => {
    const text = office.replace('id=Office', 'id=Büro').replaceAll('\n', '\r\n');
    const next = await edited(text, { ...ipv4, dnsServers: '10.0.0.2' });
    expect(changes(Buffer.from(text).toString('latin1'), next)).toEqual([
      '-address1=192.168.1.4/24,192.168.1.1\r',
      '-dns=192.168.1.1;\r',
      '+address1=10.0.0.4/24\r',
      '+gateway=10.0.0.1\r',
      '+dns=10.0.0.2;\r',
    ]);
  });

  it('is not touched where it says the same in another form', async () => {
    const text = office.replace(
      'address1=192.168.1.4/24,192.168.1.1',
      'address=192.168.1.4/24\nroute7=0.0.0.0/0,192.168.1.1',
    );
    const same = { addresses: '192.168.1.4', gateways: '192.168.1.1', dnsServers: '192.168.1.1' };
    expect(await edited(text, { ...ipv4, ...same })).toBe(text);
  });

  it.each(Object.entries(requests))('changes once only for %s', async (_name, request) => {
    const once = await edited(office, request);
    expect(await edited(once, request)).toBe(once);
  });

  it('keeps its servers where the request has none', async () => {
    expect(await edited(office, ipv4)).toContain('\ndns=192.168.1.1;\n');
  });

  it('gets IPv4 servers also by a request for IPv6, whose own it may have', async () => {
    const next = await edited(office, { ...ipv6, dnsServers: '10.0.0.2;2001:db8::53' });
    expect(next).toMatch(/\[ipv4\][^[]*\ndns=10\.0\.0\.2;\n[^[]*\[ipv6\][^[]*\ndns=2001:db8::53;\n/);
    expect(next).toContain('\naddress1=192.168.1.4/24,192.168.1.1\n');
  });

  it('keeps IPv6 disabled in a request for IPv4', async () => {
    const text = office.replace('method=auto', 'method=disabled');
    expect(await edited(text, ipv4)).toContain('\nmethod=disabled\n');
  });

  it('keeps the settings of the DHCP client for the time when DHCP is on again', async () => {
    const text =
      '[connection]\nuuid=u\ninterface-name=eth0\n\n[ipv4]\nmethod=auto\ndhcp-client-id=mac\nroute-metric=50\n';
    const fixed = await edited(text, ipv4);
    expect(fixed).toContain('dhcp-client-id=mac\nroute-metric=50\n');
    expect(await edited(fixed, { ...requests.dhcp, addressFamily: AddressFamily.ipv4 })).toBe(text);
  });

  it('keeps a default route of another table, and its rules', async () => {
    const rules =
      'route1=0.0.0.0/0,192.168.1.1\nroute1_options=table=101\nrouting-rule1=priority 100 from 192.168.1.0/24 table 101\n';
    const next = await edited(office.replace('route1=172.16.0.0/12,192.168.1.2\n', rules), ipv4);
    expect(next).toContain(rules);
  });

  it('keeps the gateway of a table of its own, beside the one of the request', async () => {
    const next = await edited(office.replace('route-metric=50', 'route-table=101'), ipv4);
    expect(next).toMatch(/^gateway=192\.168\.1\.1\nroute2=0\.0\.0\.0\/0,10\.0\.0\.1\nroute2_options=table=254$/m);
  });

  it('has no gateway by a route any more that was one', async () => {
    const text = office.replace(',192.168.1.1\n', '\nroute2=0.0.0.0/0,192.168.1.1,5\nroute2_options=onlink=true\n');
    const next = await edited(text, ipv4);
    expect(next).not.toContain('route2');
    expect(next).toContain('route1=172.16.0.0/12,192.168.1.2\n');
  });

  it('may be the default again where the request has a gateway', async () => {
    const text = office.replace('route-metric=50', 'never-default=true');
    expect(await edited(text, ipv4)).not.toContain('never-default');
    expect(await edited(text, { addressFamily: AddressFamily.ipv4 })).toContain('never-default=true');
  });

  it('goes before another of the adapter at the next boot', async () => {
    const other = '[connection]\nuuid=other\ntype=ethernet\nautoconnect-priority=10\n';
    const machine = networkManagerMachine(
      { [path]: office, [`${folder}/other.nmconnection`]: other },
      { rows: { other: ':10:0:yes' } },
    );
    expect((await planFor(ipv4, machine)).files[0]?.text).toContain('\nautoconnect-priority=999\n');
  });

  it('comes up by itself at the next boot if it was activated by hand (rule 12)', async () => {
    const byHand = office.replace('type=ethernet\n', 'type=ethernet\nautoconnect=false\n');
    const rows = { '0cba1d6b-6a2d-4fc4-9a5e-60d3b0a4a1f5': 'eth0:0:0:no' };
    const text = (await planFor(ipv4, networkManagerMachine({ [path]: byHand }, { rows }))).files[0]?.text ?? '';
    expect(changes(byHand, text)).toContain('-autoconnect=false');
    expect(text).not.toContain('autoconnect');
  });

  it('is activated by its UUID', async () => {
    expect((await planFor(ipv4, networkManagerMachine({ [path]: office }))).commands).toMatchObject([
      { args: ['connection', 'load', path], judgedBy: 'errors' },
      { args: ['connection', 'up', 'uuid', '0cba1d6b-6a2d-4fc4-9a5e-60d3b0a4a1f5', 'ifname', 'eth0'] },
    ]);
  });

  it('is activated without waiting where addresses are removed, for what is left may wait for a router', async () => {
    const removal = { addressFamily: AddressFamily.ipv4, addresses: '', subnets: '' };
    const { commands, undo } = await planFor(removal, networkManagerMachine({ [path]: office }));
    expect(commands.at(-1)?.args.slice(0, 4)).toEqual(['--wait', '0', 'connection', 'up']);
    expect(undo.commands.at(-1)?.args.slice(0, 2)).toEqual(['connection', 'up']);
  });

  it('is not activated once more where interfaces stand on the adapter or are its ports', async () => {
    const machine = networkManagerMachine({ [path]: office }, { files: { '/sys/class/net/eth0/upper_vlan7/x': '' } });
    const reapply = { args: ['device', 'reapply', 'eth0'] };
    expect(await planFor(ipv4, machine)).toMatchObject({ commands: [{}, reapply], undo: { commands: [{}, reapply] } });
  });

  it('is only loaded without carrier: it is activated when the carrier comes', async () => {
    const machine = networkManagerMachine({ [path]: office }, { state: '20 (unavailable)', active: '' });
    const { commands, files } = await planFor(ipv4, machine);
    expect(files[0]?.path).toBe(path);
    expect(commands).toMatchObject([{ args: ['connection', 'load', path] }]);
  });
});

describe('a profile that is not to be changed', () => {
  it('is copied for the adapter if other adapters have it too', async () => {
    const shared = office
      .replace('interface-name=eth0', 'multi-connect=3')
      .replace('[802', '[match]\ninterface-name=e*;\n\n[802');
    const { files, undo } = await planFor(ipv4, networkManagerMachine({ [path]: shared }));
    expect(files).toMatchObject([{ path: ownPath }]);
    const text = files[0]?.text ?? '';
    expect(text).toMatch(ownUuid);
    expect(text).toContain('\nmac-address=00:15:5D:01:02:0A\n');
    expect(text).toContain('\npassword=00123456\n');
    expect(text).not.toContain('multi-connect');
    expect(undo.commands).toMatchObject([
      { args: ['connection', 'load', ownPath], judgedBy: 'nothing' },
      { args: ['connection', 'up', 'uuid', '0cba1d6b-6a2d-4fc4-9a5e-60d3b0a4a1f5', 'ifname', 'eth0'] },
    ]);
  });

  it.each([
    '/run/NetworkManager/system-connections/netplan-eth0.nmconnection',
    `${folder}/cloud-init-eth0.nmconnection`,
  ])('is copied, with the highest priority, if it is written again at each boot: %s', async (former) => {
    const { files } = await planFor(ipv4, networkManagerMachine({ [former]: office }));
    expect(files).toMatchObject([{ path: ownPath }]);
    expect(files[0]?.text).toMatch(ownUuid);
    expect(files[0]?.text).toContain('\nautoconnect-priority=999\n');
    expect(files[0]?.text).toContain('\ninterface-name=eth0\n');
  });

  it('is hidden by a file in /etc of the same UUID if a package brought it', async () => {
    const text = office.replace(/^uuid=.*\n/m, '');
    const machine = networkManagerMachine({ '/usr/lib/NetworkManager/system-connections/office.nmconnection': text });
    expect((await planFor(ipv4, machine)).files).toMatchObject([{ path: ownPath }]);
    expect((await planFor(ipv4, machine)).files[0]?.text).toContain('\nuuid=none\n');
  });

  it('is refused if it makes the adapter a port', async () => {
    const text = office.replace('zone=internal', 'controller=br0\nport-type=bridge');
    const plan = await networkManager.plan(proposalOf(ipv4), networkManagerMachine({ [path]: text }));
    expect(plan).toEqual({ impossible: 'its profile makes it a port of a bridge' });
  });
});

it('leaves a profile alone that is in another place than those of its plugins', async () => {
  const machine = networkManagerMachine({ '/etc/sysconfig/network/ifcfg-eth0': 'BOOTPROTO=none\nuuid=u\n' });
  const plan = await networkManager.plan(proposalOf(ipv4), machine);
  expect(plan).toEqual({ impossible: 'its profile u is not in a keyfile (/etc/sysconfig/network/ifcfg-eth0)' });
});

it('binds the only profile of several adapters to the one that has it', async () => {
  const next = await edited(office.replace('interface-name=eth0\n', ''), ipv4);
  expect(next).toContain('[ethernet]\nmtu=1400\nmac-address=00:15:5D:01:02:0A\n');
});

describe('an adapter without profile', () => {
  it('gets one for its MAC address', async () => {
    const { files, undo } = await planFor(ipv4, networkManagerMachine({}));
    expect(files).toMatchObject([{ path: ownPath }]);
    expect(files[0]?.text).toContain('\nmac-address=00:15:5D:01:02:0A\n');
    expect(files[0]?.text).not.toContain('interface-name');
    expect(undo.commands).toMatchObject([{ args: ['connection', 'load', ownPath] }]);
  });

  it('is taken only if it is Hyper-V’s', async () => {
    const machine = networkManagerMachine({});
    expect(await networkManager.manages(machine, eth0)).toBe(false);
    expect(await networkManager.canAdopt?.(machine, eth0)).toBe(true);
    expect(await networkManager.canAdopt?.(machine, { ...eth0, guid: undefined })).toBe(false);
  });

  it('is another’s if another program has set it up, for which NetworkManager makes up a profile', async () => {
    const machine = networkManagerMachine({}, { state: '100 (connected (externally))', active: 'made-up' });
    expect(await networkManager.manages(machine, eth0)).toBe(false);
  });
});

it('leaves an adapter alone that NetworkManager does not manage', async () => {
  const machine = networkManagerMachine({ [path]: office }, { state: '10 (unmanaged)', active: '' });
  expect(await networkManager.manages(machine, eth0)).toBe(false);
  expect(await networkManager.canAdopt?.(machine, eth0)).toBe(false);
});

it('does not ask NetworkManager while it is stopped, whatever its files say', async () => {
  const machine = networkManagerMachine({ [path]: office }, { files: { '/proc/7/comm': 'sh\n' } });
  expect(await networkManager.manages(machine, eth0)).toBe(false);
  expect(await networkManager.isReady(machine, eth0)).toBe(false);
});

it.each([
  ['a profile', '', true],
  ['a profile that is for another', 'interface-name=eth1', false],
  ['a profile for names that do not fit', '[match]\ninterface-name=!eth*;', false],
  ['a profile for a MAC address', '[802-3-ethernet]\nmac-address=00-15-5d-01-02-0a', true],
  ['a profile that is activated by hand only', 'autoconnect=false', false],
])('has an adapter without carrier by %s', async (_title, line, expected) => {
  const autoconnects = line.includes('autoconnect') ? 'no' : 'yes';
  const machine = networkManagerMachine(
    { [path]: `[connection]\nuuid=u\ntype=ethernet\n${line}\n` },
    { active: '', state: '20 (unavailable)', rows: { u: `:0:0:${autoconnects}` } },
  );
  expect(await networkManager.manages(machine, eth0)).toBe(expected);
});
