import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { buildStandIn, type StandIn, system } from './stand-ins.ts';

const checkout = join(import.meta.dirname, '../../..');

/** Our package as it is built; returns its file. */
export function buildOurs(kind: 'debian' | 'rpm', ...words: readonly string[]): string {
  return execFileSync('node', [join(checkout, `packaging/${kind}/build.mjs`), ...words], { encoding: 'utf8' }).trim();
}

export function query(file: string, ...words: readonly string[]): string {
  return execFileSync('rpm', ['--query', '--package', ...words, file], { encoding: 'utf8' });
}

/** A machine to install packages on: its files are this machine's, and what was done to them stays in a folder. */
export class Guest {
  readonly #folder = temporaryFolder();
  readonly #packages = join(this.#folder, 'packages');

  constructor() {
    mkdirSync(this.#packages);
    // This machine's, if any.
    this.run('rm -rf /var/lib/hyperv /var/lib/hyperv-kvp /usr/lib/hyperv-kvp /usr/sbin/hv_kvp_daemon /usr/bin/hvkvp');
  }

  /** With what our RPM needs of a system, but Node. */
  static forRpm(ours: string): Guest {
    const guest = new Guest();
    guest.install(guest.put(system(query(ours, '--requires').split('\n'))));
    return guest;
  }

  /** Brings a package there; returns what to call it. */
  put(wanted: string | StandIn): string {
    const file = typeof wanted === 'string' ? wanted : buildStandIn(this.#packages, wanted);
    if (typeof wanted === 'string') copyFileSync(file, join(this.#packages, basename(file)));
    return `/packages/${basename(file)}`;
  }

  /** Runs a shell command there, which must succeed. */
  run(command: string): string {
    const { status, stdout, stderr } = this.try(command);
    if (status !== 0) throw new Error(`${command}: ${stdout}${stderr}`);
    return stdout.trimEnd();
  }

  try(command: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
    const words = ['--mount', '--pid', '--ipc', '--uts', '--net', '--fork', join(import.meta.dirname, 'enter')];
    return spawnSync('unshare', [...words, this.#folder, command], { encoding: 'utf8' });
  }

  install(...files: readonly string[]): string {
    return this.run(`rpm --upgrade ${files.join(' ')} 2>&1`);
  }

  /** What dnf says to these words, offered all packages that were brought here. */
  dnf(...words: readonly string[]): string {
    const offered = '--repofrompath=here,/packages --repo=here --nogpgcheck --setopt=install_weak_deps=True';
    return this.run(`createrepo_c --quiet /packages; dnf --assumeyes ${offered} ${words.join(' ')} 2>&1`);
  }

  has(name: string): boolean {
    return this.try(`rpm --query ${name}`).status === 0;
  }

  /** What systemctl was told since it was asked last. */
  toldSystemd(): readonly string[] {
    return this.run('cat /systemctl; rm -f /systemctl').split('\n');
  }
}
