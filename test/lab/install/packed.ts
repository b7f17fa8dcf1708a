import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const checkout = join(import.meta.dirname, '../../..');

/** What a command came to. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The package as npm packs it, and folders to install it into. */
export class Packed {
  readonly #folder = mkdtempSync(join(tmpdir(), 'hyperv-kvp-install-'));
  #count = 0;
  readonly archive = this.#pack(checkout);
  readonly #npm = realPath('npm');

  /** Its files. */
  unpack(): string {
    const folder = this.place();
    execFileSync('tar', ['--extract', '--file', this.archive, '--directory', folder]);
    return join(folder, 'package');
  }

  /** The archive without the addons that come along. */
  withoutPrebuilt(): string {
    const folder = this.unpack();
    rmSync(join(folder, 'prebuilds'), { recursive: true });
    return this.#pack(folder, '--ignore-scripts');
  }

  /** A path for programs that has a Node, npm and a shell, and so neither a compiler nor Python. */
  bare(node = process.execPath): string {
    const folder = this.place();
    for (const [name, path] of [
      ['node', node],
      ['npm', this.#npm],
      ['sh', '/bin/sh'],
    ] as const) {
      symlinkSync(path, join(folder, name));
    }
    return folder;
  }

  /** `npm install --global` into a prefix that is empty. */
  install(prefix: string, path: string, archive = this.archive, ...options: readonly string[]): Ended {
    return run('npm', ['install', '--global', '--prefix', prefix, archive, ...options], environmentFor(path));
  }

  /** The same by a command of one's own, which gets the options and the archive. */
  installBy(program: string, words: readonly string[], prefix: string): Ended {
    const path = String(process.env['PATH']);
    return run(program, [...words, '--prefix', prefix, this.archive], environmentFor(path));
  }

  /** A new folder. */
  place(): string {
    this.#count += 1;
    const folder = join(this.#folder, String(this.#count));
    mkdirSync(folder);
    return folder;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #pack(folder: string, ...words: readonly string[]): string {
    const options = ['--silent', '--pack-destination', this.place(), ...words];
    const { status, stdout, stderr } = run('npm', ['pack', ...options], process.env, folder);
    if (status !== 0) throw new Error(`npm pack fails in ${folder}: ${stderr}`);
    return join(options[2] ?? '', stdout.trim().split('\n').at(-1) ?? '');
  }
}

export function environmentFor(path: string): NodeJS.ProcessEnv {
  return {
    PATH: path,
    HOME: homedir(),
    // Else the empty prefix would take the place of what this machine has set for npm.
    npm_config_globalconfig: execFileSync('npm', ['config', 'get', 'globalconfig'], { encoding: 'utf8' }).trim(),
  };
}

/** Runs a program to its end. */
export function run(
  program: string,
  words: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
  folder = tmpdir(),
): Ended {
  const { status, stdout, stderr } = spawnSync(program, words, { cwd: folder, env: environment, encoding: 'utf8' });
  return { status, stdout, stderr };
}

function realPath(program: string): string {
  return execFileSync('sh', ['-c', 'readlink -f "$(command -v "$1")"', 'sh', program], { encoding: 'utf8' }).trim();
}
