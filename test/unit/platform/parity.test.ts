import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type * as freebsdAdapters from '../../../src/platform/freebsd/adapters.ts';
import type * as freebsdConventions from '../../../src/platform/freebsd/conventions.ts';
import type * as freebsdDaemons from '../../../src/platform/freebsd/daemons.ts';
import type * as freebsdDefaultRoutes from '../../../src/platform/freebsd/default-routes.ts';
import type * as freebsdDhcpState from '../../../src/platform/freebsd/dhcp-state.ts';
import type * as freebsdDiagnostics from '../../../src/platform/freebsd/diagnostics.ts';
import type * as freebsdHyperV from '../../../src/platform/freebsd/hyper-v.ts';
import type * as freebsdHypervisor from '../../../src/platform/freebsd/hypervisor.ts';
import type * as freebsdKvpDevice from '../../../src/platform/freebsd/kvp-device.ts';
import type * as freebsdKvpDriver from '../../../src/platform/freebsd/kvp-driver.ts';
import type * as freebsdLinks from '../../../src/platform/freebsd/links.ts';
import type * as freebsdListeners from '../../../src/platform/freebsd/listeners.ts';
import type * as freebsdNameServers from '../../../src/platform/freebsd/name-servers.ts';
import type * as freebsdOperatingSystem from '../../../src/platform/freebsd/operating-system.ts';
import type * as freebsdPlatform from '../../../src/platform/freebsd/platform.ts';
import type * as freebsdServices from '../../../src/platform/freebsd/services.ts';
import type * as freebsdSystemUuid from '../../../src/platform/freebsd/system-uuid.ts';
import type * as linuxAdapters from '../../../src/platform/linux/adapters.ts';
import type * as linuxConventions from '../../../src/platform/linux/conventions.ts';
import type * as linuxDaemons from '../../../src/platform/linux/daemons.ts';
import type * as linuxDefaultRoutes from '../../../src/platform/linux/default-routes.ts';
import type * as linuxDhcpState from '../../../src/platform/linux/dhcp-state.ts';
import type * as linuxDiagnostics from '../../../src/platform/linux/diagnostics.ts';
import type * as linuxHyperV from '../../../src/platform/linux/hyper-v.ts';
import type * as linuxHypervisor from '../../../src/platform/linux/hypervisor.ts';
import type * as linuxKvpDevice from '../../../src/platform/linux/kvp-device.ts';
import type * as linuxKvpDriver from '../../../src/platform/linux/kvp-driver.ts';
import type * as linuxLinks from '../../../src/platform/linux/links.ts';
import type * as linuxListeners from '../../../src/platform/linux/listeners.ts';
import type * as linuxNameServers from '../../../src/platform/linux/name-servers.ts';
import type * as linuxOperatingSystem from '../../../src/platform/linux/operating-system.ts';
import type * as linuxPlatform from '../../../src/platform/linux/platform.ts';
import type * as linuxServices from '../../../src/platform/linux/services.ts';
import type * as linuxSystemUuid from '../../../src/platform/linux/system-uuid.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { differences } from './differences.ts';

interface Linux {
  'adapters.ts': typeof linuxAdapters;
  'conventions.ts': typeof linuxConventions;
  'daemons.ts': typeof linuxDaemons;
  'default-routes.ts': typeof linuxDefaultRoutes;
  'dhcp-state.ts': typeof linuxDhcpState;
  'diagnostics.ts': typeof linuxDiagnostics;
  'hyper-v.ts': typeof linuxHyperV;
  'hypervisor.ts': typeof linuxHypervisor;
  'kvp-device.ts': typeof linuxKvpDevice;
  'kvp-driver.ts': typeof linuxKvpDriver;
  'links.ts': typeof linuxLinks;
  'listeners.ts': typeof linuxListeners;
  'name-servers.ts': typeof linuxNameServers;
  'operating-system.ts': typeof linuxOperatingSystem;
  'platform.ts': typeof linuxPlatform;
  'services.ts': typeof linuxServices;
  'system-uuid.ts': typeof linuxSystemUuid;
}

interface Freebsd {
  'adapters.ts': typeof freebsdAdapters;
  'conventions.ts': typeof freebsdConventions;
  'daemons.ts': typeof freebsdDaemons;
  'default-routes.ts': typeof freebsdDefaultRoutes;
  'dhcp-state.ts': typeof freebsdDhcpState;
  'diagnostics.ts': typeof freebsdDiagnostics;
  'hyper-v.ts': typeof freebsdHyperV;
  'hypervisor.ts': typeof freebsdHypervisor;
  'kvp-device.ts': typeof freebsdKvpDevice;
  'kvp-driver.ts': typeof freebsdKvpDriver;
  'links.ts': typeof freebsdLinks;
  'listeners.ts': typeof freebsdListeners;
  'name-servers.ts': typeof freebsdNameServers;
  'operating-system.ts': typeof freebsdOperatingSystem;
  'platform.ts': typeof freebsdPlatform;
  'services.ts': typeof freebsdServices;
  'system-uuid.ts': typeof freebsdSystemUuid;
}

/** Exports with their types, where a value and a promise of it are the same. */
type Contract<Modules> = {
  [File in keyof Modules]: {
    [Name in keyof Modules[File]]: Modules[File][Name] extends (...args: infer Parameters) => infer Result
      ? (...args: Parameters) => Awaited<Result>
      : Modules[File][Name];
  };
};

/** All that is compared in its types. */
const files: Record<keyof Linux & keyof Freebsd, true> = {
  'adapters.ts': true,
  'conventions.ts': true,
  'daemons.ts': true,
  'default-routes.ts': true,
  'dhcp-state.ts': true,
  'diagnostics.ts': true,
  'hyper-v.ts': true,
  'hypervisor.ts': true,
  'kvp-device.ts': true,
  'kvp-driver.ts': true,
  'links.ts': true,
  'listeners.ts': true,
  'name-servers.ts': true,
  'operating-system.ts': true,
  'platform.ts': true,
  'services.ts': true,
  'system-uuid.ts': true,
};

function folder(system: string): string {
  return join(import.meta.dirname, '../../../src/platform', system);
}

describe('linux/ and freebsd/', () => {
  it('have the same files with the same exports', async () => {
    expect(await differences(folder('linux'), folder('freebsd'))).toEqual([]);
  });

  it('have no file whose types are not compared here', () => {
    expect(readdirSync(folder('linux')).sort()).toEqual(Object.keys(files));
  });

  it('agree in the type of every reader', () => {
    expectTypeOf<Contract<Linux>>().toEqualTypeOf<Contract<Freebsd>>();
  });
});

describe('folders that are not alike', () => {
  const whole = {
    'one.ts': 'export const read = () => 1;',
    'two.ts': 'export const path = "/"; export const mode = 1;',
  };

  function modules(texts: Readonly<Record<string, string>>): string {
    const made = temporaryFolder();
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(made, name), text);
    return made;
  }

  it.each([
    ['a file is missing', { 'one.ts': whole['one.ts'] }, /has no two\.ts$/],
    [
      'an export is missing',
      { ...whole, 'two.ts': 'export const path = "/";' },
      /^two\.ts: mode is (?:number|missing)/,
    ],
    [
      'an export is another thing',
      { ...whole, 'one.ts': 'export const read = 1;' },
      /^one\.ts: read is (?:function|number)/,
    ],
  ])('are told apart where %s, on either side', async (_what, texts, expected) => {
    expect(await differences(modules(whole), modules(texts))).toEqual([expect.stringMatching(expected)]);
    expect(await differences(modules(texts), modules(whole))).toEqual([expect.stringMatching(expected)]);
    expect(await differences(modules(whole), modules(whole))).toEqual([]);
  });
});
