import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readFormer } from '../../../src/ip-information/files.ts';
import { readForeignFile } from '../../../src/platform/foreign-file.ts';
import { type Machine, readText } from '../../../src/platform/machine.ts';
import { findResolver } from '../../../src/platform/network-managers/resolver.ts';
import { platform } from '../../../src/platform/platform.ts';
import { needs, program } from '../../support/needs.ts';
import { fakeMachine } from './fake-machine.ts';

const megabyte = 1024 * 1024;

/** What somebody may have put in the place of a file. */
const oddities: Readonly<Record<string, (path: string) => void | Promise<void>>> = {
  'a link to itself': (path) => {
    symlinkSync(path, path);
  },
  'a link to nothing': (path) => {
    symlinkSync('/nonexistent', path);
  },
  'a socket': (path) => {
    const server = createServer();
    onTestFinished(() => {
      server.close();
    });
    return new Promise((resolve) => server.listen(path, resolve));
  },
  'a pipe': (path) => {
    needs(program('mkfifo'));
    expect(spawnSync('mkfifo', [path]).status).toBe(0);
  },
  'a device without an end': (path) => {
    symlinkSync('/dev/zero', path);
  },
  'a terminal': (path) => {
    symlinkSync('/dev/ptmx', path);
  },
  'a folder': (path) => {
    mkdirSync(path);
  },
  '600 MB': (path) => {
    writeFileSync(path, '');
    truncateSync(path, 600 * megabyte);
  },
  'a file that fails to be read': (path) => {
    symlinkSync('/proc/self/mem', path);
  },
  'a file that nobody may read': (path) => {
    writeFileSync(path, '');
    chmodSync(path, 0);
  },
};

const files = [
  ...['/etc/resolv.conf', '/etc/os-release', '/etc/hosts', '/etc/network/interfaces', '/etc/nsswitch.conf'],
  ...['/etc/netplan/50-cloud-init.yaml', '/etc/systemd/network/10-eth0.network', '/run/systemd/netif/links/2'],
  ...['/etc/NetworkManager/NetworkManager.conf', '/etc/NetworkManager/system-connections/eth0.nmconnection'],
  ...['/var/lib/dhcp/dhclient.eth0.leases', '/etc/sysconfig/network-scripts/ifcfg-eth0', '/etc/dhcpcd.conf'],
] as const;

async function machineWith(odd: (path: string) => void | Promise<void>, path: string): Promise<Machine> {
  const machine = fakeMachine({
    files: {
      '/etc/os-release': 'NAME=Debian\nVERSION_ID=13\n',
      '/usr/lib/os-release': 'NAME=Other\n',
      '/sys/class/net/eth0/ifindex': '2\n',
      '/sys/class/net/eth0/address': '00:15:5d:00:00:01\n',
    },
  });
  const place = join(machine.root, path);
  mkdirSync(dirname(place), { recursive: true });
  spawnSync('rm', ['-rf', place]);
  await odd(place);
  return machine;
}

describe.each(Object.keys(oddities))('%s in the place of a file', (name) => {
  const odd = oddities[name] ?? (() => undefined);

  it.each(files)('costs what that file would have told, and nothing else (%s)', async (path) => {
    const machine = await machineWith(odd, path);
    const system = platform('linux', machine);
    await system.readNameServers('eth0');
    await system.readDhcpState('eth0');
    await system.readAdapters();
    expect(findResolver(machine)).toBeTypeOf('string');
    const { name: told } = await system.readDistribution();
    if (path === '/etc/os-release') expect(['Other', 'Linux']).toContain(told);
    else expect(told).toBe('Debian');
  });

  it('is not taken for one that can be changed', async () => {
    const path = '/etc/network/interfaces';
    const machine = await machineWith(odd, path);
    // Root may read what nobody may.
    const expected = readText(machine, path);
    if (expected === '') return;
    expect(expected).toBeUndefined();
    if (name.startsWith('a link to')) expect(readFormer(machine, path)).toBeNull();
    else expect(() => readFormer(machine, path)).toThrow(/^E\w+: /);
  });
});

describe('a file of others', () => {
  it('is read whole up to 4 MiB', () => {
    const { root } = fakeMachine({});
    const path = join(root, 'file');
    const bytes = Buffer.alloc(4 * megabyte, 'text');
    writeFileSync(path, bytes);
    expect(readForeignFile(path).equals(bytes)).toBe(true);
    writeFileSync(path, Buffer.concat([bytes, Buffer.alloc(1)]));
    expect(() => readForeignFile(path)).toThrow('EFBIG');
  });

  it('is empty where it is masked by /dev/null', () => {
    expect(readForeignFile('/dev/null')).toEqual(Buffer.alloc(0));
  });

  it('of the kernel’s making is read whole, though it has no size', () => {
    expect(readForeignFile('/proc/self/status').toString()).toMatch(/^Name:/);
  });
});
