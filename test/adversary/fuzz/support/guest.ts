import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { System } from '../../../../src/message/dialect.ts';

/** The machine around the daemon: one adapter, in namespaces of its own. */
export interface Guest {
  readonly system: System;
  readonly name: string;
  readonly mac: string;
  readonly guid: string;
  readonly address: string;
  /** Whether GET_IP_INFO finds the adapter by an id. */
  has(id: string): boolean;
  /** Whether SET_IP_INFO does. */
  isSetBy(id: string): boolean;
  /** What starts a program in it; `folder` is its own. */
  launcher(folder: string): readonly string[];
}

/** By their index in an enumeration of pool 2. */
export const autoKeyNames: readonly string[] = [
  ...['FullyQualifiedDomainName', 'IntegrationServicesVersion', 'NetworkAddressIPv4', 'NetworkAddressIPv6'],
  ...['OSBuildNumber', 'OSName', 'OSMajorVersion', 'OSMinorVersion', 'OSVersion', 'ProcessorArchitecture'],
];

const mac = '00:15:5d:01:02:0a';
const guid = 'f8b3781b-1e82-4818-a1c3-63d806ec15bb';
const scripts = { linux: '../linux-guest', freebsd: '../../../programs/daemon/freebsd/guest' } as const;
const names = { linux: 'eth0', freebsd: 'hn0' } as const;
const programs = {
  linux: join(import.meta.dirname, '../linux-programs'),
  freebsd: join(import.meta.dirname, '../../../programs/daemon/freebsd/programs'),
} as const;
const twin = join(import.meta.dirname, '../../../unit/native/twin/preload.cjs');

/** `device`: what FreeBSD's is played by; on a socket the daemon sees its end, of which that driver says nothing. */
export function guestOf(system: System, device: 'twin' | 'socket' = 'twin'): Guest {
  const name = names[system];
  const isGuid = (id: string): boolean => [guid, `{${guid}}`].includes(id.toLowerCase());
  const isMac = (id: string): boolean => id.toLowerCase().replaceAll('-', ':') === mac;
  return {
    system,
    name,
    mac,
    guid,
    address: '10.0.0.4',
    has: (id) => isGuid(id) || isMac(id) || id === name,
    isSetBy: (id) => isGuid(id) || (system === 'freebsd' && id === name),
    launcher(folder) {
      const memory = join(folder, 'memory');
      mkdirSync(memory, { recursive: true });
      const script = join(import.meta.dirname, scripts[system]);
      const start = ['setpriv', '--pdeathsig', 'KILL', 'unshare', '--net', '--mount', script, memory, programs[system]];
      return [...start, process.execPath, ...(system === 'freebsd' && device === 'twin' ? ['--require', twin] : [])];
    },
  };
}
