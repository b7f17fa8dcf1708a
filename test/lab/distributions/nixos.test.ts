import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { namespaces, needs, program } from '../../support/needs.ts';
import { Guest } from './guest.ts';

const checkout = join(import.meta.dirname, '../../..');
const [tools, out] = ['/nix/store/tools', '/nix/store/hyperv-kvp'];

/** What of the module's outcome is looked at. */
interface System {
  readonly options: readonly string[];
  readonly environment: {
    readonly systemPackages: readonly { readonly version: string; readonly installPhase: string }[];
    readonly etc: Readonly<Record<string, { readonly source: string }>>;
  };
  readonly systemd: { readonly services: Readonly<Record<string, { readonly enable?: boolean }>> };
}

beforeEach(() => {
  needs(namespaces, program('nix-instantiate'));
});

describe('the module for NixOS', () => {
  it('is evaluated: it takes the stock unit out, and the host’s changes of addresses with it', () => {
    const { options, environment, systemd } = evaluated();
    expect(options).toEqual(['enable', 'settings', 'source']);
    expect(environment.etc['hyperv-kvp.toml']?.source).toBe('{"ip_injection":{"mode":"off"}}');
    expect(systemd.services['hv-kvp']).toEqual({ enable: false });
  });

  it('makes a package whose programs and units find all they run where there is neither hostname nor /usr/bin', () => {
    const [{ version, installPhase } = { version: '', installPhase: '' }] = evaluated().environment.systemPackages;
    const guest = new Guest();
    guest.run(`mkdir -p ${out}; export out=${out}; cd ${checkout}
      set -- package.json dist packaging build/Release/launcher build/Release/hv_kvp.node
      mkdir /source; cp -r --parents "$@" /source; cd /source; ${installPhase}`);
    const said = guest.run(`${asOnNixos}
      ${out}/bin/hvkvp --version; ${out}/bin/hv_kvp_daemon --check-config
      ${tools}/bin/systemd-analyze verify --man=no ${out}/lib/systemd/system/*.service 2>&1 || :`);
    expect(said).toContain(`${version}\n`);
    expect(said).not.toMatch(/not executable|not found/);
  });
});

/** Programs are in the store; /bin/sh is where it always is. */
const asOnNixos = `mkdir -p ${tools}/bin /sh; cp /bin/sh /sh/
  mount --bind /usr/bin ${tools}/bin; mount --bind /sh /usr/bin; ${tools}/bin/mount -t tmpfs tmpfs /usr/sbin
  export PATH=${tools}/bin`;

function evaluated(): System {
  const words = ['--argstr', 'source', checkout, '--argstr', 'tools', tools];
  const file = join(import.meta.dirname, 'nixos.nix');
  const options = ['--eval', '--strict', '--json'];
  const quiet = ['pipe', 'pipe', 'ignore'] as const;
  return JSON.parse(
    execFileSync('nix-instantiate', [...options, ...words, file], { encoding: 'utf8', stdio: [...quiet] }),
  ) as System;
}
