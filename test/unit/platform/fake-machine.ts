import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import type { NetworkInterfaceInfo } from 'node:os';
import { dirname, join } from 'node:path';
import ipaddr from 'ipaddr.js';
import type { Machine } from '../../../src/platform/machine.ts';
import type { CommandResult } from '../../../src/platform/run-command.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

export interface FakeMachine {
  /** Text by absolute path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Output, or all that came of it, by the command as it would be typed. Other programs are not installed. */
  readonly commands?: Readonly<Record<string, string | CommandResult>>;
  /** Addresses with prefix lengths by interface; those of names that begin with "lo" are internal. */
  readonly interfaces?: Readonly<Record<string, readonly string[]>>;
  readonly hostName?: string;
  /** What the resolver says of it. */
  readonly canonicalName?: string;
  /** What CPUID says. */
  readonly hypervisor?: string | undefined;
  /** Codes of errors by devices that cannot be opened. */
  readonly unopenable?: Readonly<Record<string, string>>;
  /** Where symbolic links lead, by absolute path; not below the root. */
  readonly links?: Readonly<Record<string, string>>;
}

export const notInstalled: CommandResult = { status: undefined, output: '', errors: 'spawn ENOENT' };

/** A machine that consists of what a test says. */
export function fakeMachine(made: FakeMachine): Machine {
  const {
    files = {},
    links = {},
    commands = {},
    interfaces = {},
    hostName = 'guest',
    canonicalName,
    hypervisor,
    unopenable = {},
  } = made;
  const root = temporaryFolder();
  const placed = (path: string): string => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    return join(root, path);
  };
  for (const [path, text] of Object.entries(files)) writeFileSync(placed(path), text);
  for (const [path, target] of Object.entries(links)) symlinkSync(target, placed(path));
  return {
    root,
    run(program, args) {
      const result = commands[[program, ...args].join(' ')] ?? notInstalled;
      return Promise.resolve(typeof result === 'string' ? { status: 0, output: result, errors: '' } : result);
    },
    hostName: () => hostName,
    canonicalName: () => Promise.resolve(canonicalName),
    kernel: () => ({ name: 'Uname', release: '1.2.3-4-uname', processor: 'uname64' }),
    networkInterfaces: () =>
      Object.fromEntries(Object.entries(interfaces).map(([name, cidrs]) => [name, cidrs.map(infoOf(name))])),
    hypervisorVendor: () => Promise.resolve(hypervisor),
    tryOpen: (path) => unopenable[path.slice(root.length)],
  };
}

function infoOf(name: string): (cidr: string) => NetworkInterfaceInfo {
  return (cidr) => {
    const [address, prefixLength] = ipaddr.parseCIDR(cidr);
    const common = { address: address.toString(), cidr, mac: '00:15:5d:01:02:0a', internal: name.startsWith('lo') };
    return address.kind() === 'ipv4'
      ? { ...common, family: 'IPv4', netmask: ipaddr.IPv4.subnetMaskFromPrefixLength(prefixLength).toString() }
      : {
          ...common,
          family: 'IPv6',
          netmask: ipaddr.IPv6.subnetMaskFromPrefixLength(prefixLength).toString(),
          scopeid: 0,
        };
  };
}
