import { describe, expect, it } from 'vitest';
import { backEndsOf } from '../../src/ip-information/backends/all.ts';
import { Deadline } from '../../src/ip-information/deadline.ts';
import { findBackEnd, waitUntilReady } from '../../src/ip-information/detect.ts';
import type { BackEndName } from '../../src/ip-information/plan.ts';
import { fakeMachine } from '../platform/fake-machine.ts';
import { eth0 } from './support/proposals.ts';

const backEnds = backEndsOf('linux', { script: '/sbin/hv_set_ifconfig', scriptArguments: 'both' });
const index = { '/sys/class/net/eth0/ifindex': '2\n' };
const traces = {
  ifupdown: { '/sbin/ifup': '', '/etc/network/interfaces': 'auto eth0\niface eth0 inet6 auto\n' },
  ifcfg: { '/usr/sbin/ifup': '', '/etc/sysconfig/network-scripts/ifcfg-eth0': '' },
  netplan: { '/usr/sbin/netplan': '', '/etc/netplan/a.yaml': 'network: { ethernets: { eth0: { dhcp4: true } } }' },
  'network-manager': { '/run/NetworkManager/devices/2': '[device]\nmanaged=true\n' },
  networkd: { '/run/systemd/netif/links/2': 'NETWORK_FILE=/etc/systemd/network/a.network\n' },
} as const;

async function found(files: Readonly<Record<string, string>>, choice: BackEndName | 'auto' = 'auto') {
  const machine = fakeMachine({ files: { ...index, ...files } });
  return (await findBackEnd(choice, backEnds, eth0, machine, new Deadline(0)))?.name;
}

describe('the back end of an adapter', () => {
  it.each(Object.entries(traces))('is %s by its traces alone', async (name, files) => {
    expect(await found(files)).toBe(name);
  });

  it('is the first in the order of cloud-init', async () => {
    const order = Object.keys(traces);
    expect(await found(Object.fromEntries(Object.values(traces).flatMap((files) => Object.entries(files))))).toBe(
      order[0],
    );
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['a stanza of eth01', { '/sbin/ifup': '', '/etc/network/interfaces': 'iface eth01 inet dhcp\n' }],
    ['a stanza in a comment', { '/sbin/ifup': '', '/etc/network/interfaces': '# iface eth0 inet dhcp\n' }],
    ['a stanza without ifup', { '/etc/network/interfaces': 'iface eth0 inet dhcp\n' }],
    ['the file of eth01', { '/sbin/ifup': '', '/etc/sysconfig/network-scripts/ifcfg-eth01': '' }],
    [
      'netplan that speaks of another',
      { '/usr/sbin/netplan': '', '/etc/netplan/a.yaml': 'network: { ethernets: { eth01: {} } }' },
    ],
    ['netplan that is no YAML', { '/usr/sbin/netplan': '', '/etc/netplan/a.yaml': 'network: [' }],
    ['NetworkManager that leaves it alone', { '/run/NetworkManager/devices/2': '[device]\nmanaged=false\n' }],
    ['systemd-networkd that leaves it alone', { '/run/systemd/netif/links/2': 'ADMIN_STATE=unmanaged\n' }],
    ['a script that nobody named', { '/sbin/hv_set_ifconfig': '' }],
  ])('is none with %s', async (_, files) => {
    expect(await found(files)).toBeUndefined();
  });

  it.each([
    'match: { macaddress: "00:15:5D:01:02:0A" }',
    'match: { name: "eth*" }',
    'match: { name: eth0, macaddress: "00:15:5d:01:02:0a" }',
  ])('is netplan for an entry of another name with %s', async (match) => {
    const entry = `network: { ethernets: { lan: { ${match} } } }`;
    expect(await found({ '/usr/sbin/netplan': '', '/etc/netplan/a.yaml': entry })).toBe('netplan');
  });

  it('is the one that the configuration names', async () => {
    expect(await found(traces.networkd, 'script')).toBe('script');
  });
});

it('asks nothing of a NetworkManager that does not run, for the question would start it', async () => {
  const asked: string[] = [];
  const machine = fakeMachine({ files: { ...index, ...traces['network-manager'] } });
  const networkManager = backEnds.find(({ name }) => name === 'network-manager');
  if (networkManager === undefined) throw new Error('there is no such back end');
  const run = (program: string) => {
    asked.push(program);
    return Promise.resolve({ status: 0, output: '100 (connected)\n', errors: '' });
  };
  await waitUntilReady(networkManager, eth0, { ...machine, run }, new Deadline(0));
  expect(asked).toEqual([]);
  const running = fakeMachine({ files: { '/proc/77/comm': 'NetworkManager\n' } });
  expect(await networkManager.isReady({ ...running, run }, eth0)).toBe(true);
});
