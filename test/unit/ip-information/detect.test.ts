import { describe, expect, it } from 'vitest';
import { backEndsOf } from '../../../src/ip-information/backends/all.ts';
import { Deadline } from '../../../src/ip-information/deadline.ts';
import { findBackEnd, waitUntilReady } from '../../../src/ip-information/detect.ts';
import type { BackEndName } from '../../../src/ip-information/plan.ts';
import { fakeMachine } from '../platform/fake-machine.ts';
import { eth0 } from './support/proposals.ts';

const backEnds = backEndsOf('linux', { script: '/sbin/hv_set_ifconfig', scriptArguments: 'both' });
const index = { '/sys/class/net/eth0/ifindex': '2\n' };
const running = { '/proc/77/comm': 'systemd-network\n' };
const unmanaged = { '/run/systemd/netif/links/2': 'ADMIN_STATE=unmanaged\n' };
const traces = {
  ifupdown: { '/sbin/ifup': '', '/run/network/ifstate': 'lo=lo\neth0=eth0\n' },
  ifcfg: {
    '/etc/sysconfig/network-scripts/network-functions': '',
    '/var/lock/subsys/network': '',
    '/etc/sysconfig/network-scripts/ifcfg-eth0': '',
  },
  wicked: { '/proc/79/comm': 'wickedd\n', '/etc/sysconfig/network/ifcfg-eth0': '' },
  netplan: {
    ...running,
    '/usr/sbin/netplan': '',
    '/run/systemd/netif/links/2': 'NETWORK_FILE=/run/systemd/network/10-netplan-eth0.network\n',
  },
  'network-manager': { '/proc/78/comm': 'NetworkManager\n' },
  networkd: { ...running, '/run/systemd/netif/links/2': 'NETWORK_FILE=/etc/systemd/network/a.network\n' },
} as const;

/** Asked only of a NetworkManager that runs. */
const nmcli = {
  'nmcli --get-values GENERAL.STATE,GENERAL.CON-UUID device show eth0': '100 (connected)\nu\n',
  'nmcli --escape no --get-values UUID,TYPE,DEVICE,AUTOCONNECT-PRIORITY,TIMESTAMP,AUTOCONNECT,FILENAME connection show':
    'u:802-3-ethernet:eth0:0:0:yes:/etc/NetworkManager/system-connections/a.nmconnection\n',
};

async function found(files: Readonly<Record<string, string>>, choice: BackEndName | 'auto' = 'auto') {
  const machine = fakeMachine({ files: { ...index, ...files }, commands: nmcli });
  return (await findBackEnd(choice, backEnds, eth0, machine, new Deadline(0)))?.name;
}

describe('the back end of an adapter', () => {
  it.each(Object.entries(traces))('is %s by its traces alone', async (name, files) => {
    expect(await found(files)).toBe(name);
  });

  it('is the first of several that tell of the running system', async () => {
    const order = Object.keys(traces);
    expect(await found(Object.fromEntries(Object.values(traces).flatMap((files) => Object.entries(files))))).toBe(
      order[0],
    );
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['eth01 that ifupdown brought up', { '/sbin/ifup': '', '/run/network/ifstate': 'eth01=eth0\n' }],
    ['a stanza alone', { '/sbin/ifup': '', '/etc/network/interfaces': 'auto eth0\niface eth0 inet dhcp\n' }],
    ['traces without ifup', { '/run/network/ifstate': 'eth0=eth0\n' }],
    ['an ifcfg file that strayed to Debian', { '/sbin/ifup': '', '/etc/sysconfig/network-scripts/ifcfg-eth0': '' }],
    [
      'netplan whose network manager does not run',
      { '/usr/sbin/netplan': '', '/etc/netplan/a.yaml': 'network: { ethernets: { eth0: { dhcp4: true } } }' },
    ],
    [
      'systemd-networkd that does not run any more',
      { '/run/systemd/netif/links/2': 'NETWORK_FILE=/etc/systemd/network/a.network\n' },
    ],
    ['NetworkManager that has been stopped', { '/run/NetworkManager/devices/2': '[device]\nmanaged=true\n' }],
    [
      'systemd-networkd that is to leave it alone',
      {
        ...running,
        ...unmanaged,
        '/usr/lib/systemd/network/80-ours.network': '[Match]\nName=!eth1 lo\n\n[Link]\nUnmanaged=yes\n',
      },
    ],
    ['systemd-networkd that is still starting', { ...running, '/run/systemd/netif/links/2': 'ADMIN_STATE=pending\n' }],
  ])('is none with %s', async (_, files) => {
    expect(await found(files)).toBeUndefined();
  });

  it('is systemd-networkd for an adapter that nobody has, where it runs', async () => {
    const other = { '/etc/systemd/network/a.network': '[Match]\nName=eth1\n\n[Link]\nUnmanaged=yes\n' };
    expect(await found({ ...running, ...unmanaged, ...other })).toBe('networkd');
  });

  it('is netplan for an adapter that nobody has, where netplan has the others', async () => {
    const files = { '/usr/sbin/netplan': '', '/etc/netplan/a.yaml': 'network: { ethernets: { eth1: {} } }' };
    expect(await found({ ...running, ...unmanaged, ...files })).toBe('netplan');
  });

  it('is not netplan for an adapter that nobody has, where it leaves all to NetworkManager', async () => {
    const files = { '/usr/sbin/netplan': '', '/etc/netplan/a.yaml': 'network: { renderer: NetworkManager }' };
    expect(await found({ ...running, ...unmanaged, ...files })).toBe('networkd');
  });

  it('is the one that the configuration names', async () => {
    expect(await found(traces.networkd, 'script')).toBe('script');
  });
});

it('asks nothing of a NetworkManager that does not run, for the question would start it', async () => {
  const asked: string[] = [];
  const machine = fakeMachine({ files: { ...index, '/run/NetworkManager/devices/2': '[device]\nmanaged=true\n' } });
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

it('asks less and less often for a network manager that does not come, for a question may take a program', async () => {
  let asked = 0;
  const [known] = backEnds;
  if (known === undefined) throw new Error('there is no back end');
  const absent = {
    ...known,
    isReady: () => {
      asked += 1;
      return false;
    },
  };
  await waitUntilReady(absent, eth0, fakeMachine({}), new Deadline(1000));
  expect(asked).toBeGreaterThan(1);
  expect(asked).toBeLessThan(9);
});
