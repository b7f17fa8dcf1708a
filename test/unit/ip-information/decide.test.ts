import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/ip-information/decide.ts';
import { Deadline } from '../../../src/ip-information/deadline.ts';
import { networkd } from '../../../src/ip-information/backends/networkd/networkd.ts';
import type { InjectionSettings } from '../../../src/ip-information/injection-settings.ts';
import type { IpValue } from '../../../src/message/ip-value.ts';
import type { Machine } from '../../../src/platform/machine.ts';
import { platform } from '../../../src/platform/platform.ts';
import { fakeMachine } from '../platform/fake-machine.ts';
import { networkdHas } from './support/plans.ts';
import { guid, permissive, request } from './support/proposals.ts';

const path = '/etc/systemd/network/50-eth0.network';
const settings: InjectionSettings = {
  policy: permissive,
  changesAMinute: 0,
  backEnd: 'auto',
  deadlineMs: 2000,
  verify: true,
  stateDirectory: '/nowhere',
  script: '/bin/false',
  scriptArguments: 'both',
};

/** Systemd-networkd has eth0 use DHCP and the resolver asks these servers. */
async function decided(differences: Partial<IpValue>, resolv: string, network: Pick<Machine, 'networkState'> = {}) {
  const fake = fakeMachine({
    files: {
      ...networkdHas(path),
      '/run/systemd/netif/leases/2': 'ADDRESS=10.0.0.100\n',
      '/sys/class/net/eth0/address': '00:15:5d:01:02:0a\n',
      '/sys/class/net/eth0/type': '1\n',
      '/sys/class/net/eth0/device/device_id': `{${guid}}\n`,
      [path]: '[Match]\nName=eth0\n\n[Network]\nDHCP=ipv4\n',
      '/etc/resolv.conf': resolv,
    },
    interfaces: { eth0: ['10.0.0.100/24'] },
  });
  const machine = { ...fake, ...network };
  const circumstances = { platform: platform('linux', machine), machine, settings, backEnds: [networkd] };
  const decision = await decide(request(differences), { ...circumstances, waiting: new Deadline(0) });
  if (decision.kind === 'refused') throw new Error(decision.reason);
  return decision;
}

/** What is written for a host. */
async function written(differences: Partial<IpValue>, resolv = 'nameserver 10.0.0.2\nnameserver 10.0.0.3\n') {
  return (await decided(differences, resolv)).plan.files.map((file) => file.path);
}

const dhcp = { dhcpEnabled: true, addresses: '', subnets: '' };

describe('DNS servers that come back as GET told them', () => {
  it('are not configured while the lease gives them', async () => {
    expect(await written({ ...dhcp, dnsServers: '10.0.0.2;10.0.0.3' })).toEqual([]);
  });

  it('are where they differ, or the lease goes', async () => {
    expect(await written({ ...dhcp, dnsServers: '10.0.0.2' })).toEqual([path, '/etc/resolv.conf']);
    expect(await written({ dnsServers: '10.0.0.2;10.0.0.3' })).toEqual([path]);
    expect(await written({ ...dhcp, dnsServers: '10.0.0.2' }, '')).toEqual([path, '/etc/resolv.conf']);
  });
});

describe('the VRF of an adapter', () => {
  const rest = { permanentMac: '', isUp: true, hasCarrier: true };
  const route = (table: number) => ({ link: 'eth0', family: 'ipv4', gateway: '10.0.0.9', table, metric: 0 }) as const;
  const tableOf = async (master: string, ...tables: readonly number[]) => {
    const links = [
      { name: 'eth0', kind: '', master, ...rest },
      { name: 'blue', kind: 'vrf', master: '', ...rest },
    ];
    const networkState = () => Promise.resolve({ links, addresses: [], defaultRoutes: tables.map(route) });
    return (await decided({ gateways: '10.0.0.1' }, '', { networkState })).proposal.vrfTable;
  };

  it('has the table in which the default routes are that lead through the adapter', async () => {
    expect(await tableOf('blue', 10)).toBe(10);
  });

  it.each<{ readonly master: string; readonly tables: readonly number[] }>([
    { master: '', tables: [10] },
    { master: '', tables: [254] },
    { master: 'blue', tables: [] },
    { master: 'blue', tables: [10, 100] },
    { master: 'blue', tables: [254, 10] },
  ])('is not known of a port of $master with default routes in the tables $tables', async ({ master, tables }) => {
    expect(await tableOf(master, ...tables)).toBe(undefined);
  });
});
