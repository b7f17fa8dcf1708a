import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '../checks/eventually.ts';
import { createControlGroup, isPopulated, removeControlGroup } from './control-group.ts';

/** A file of the guest; 0644 if no mode is given. */
export interface GuestFile {
  readonly text: string;
  readonly mode?: number;
}

export interface EnvironmentOptions {
  /** The Debian tree. */
  readonly tree: string;
  readonly files: Readonly<Record<string, GuestFile>>;
  /** Absolute paths of the commands whose calls are recorded. */
  readonly watched: readonly string[];
}

/** The checkout. This file runs compiled, from `build/test/network/environment`. */
export const checkout = resolve(import.meta.dirname, '../../../..');
const scripts = join(checkout, 'test/network/environment');

const bootTimeoutMs = 30_000;
const commandTimeoutMs = 30_000;

/**
 * A guest in namespaces: a systemd as process 1, and an adapter whose cable ends at a DHCP server. It sees nothing of the
 * machine but the checkout, read-only, and `folder`, as /lab. When this program ends, however it does, its processes end too.
 */
export class Environment {
  readonly folder: string;
  readonly #group: string;
  readonly #process: ChildProcess;
  #systemd = '';

  private constructor(folder: string, group: string, process: ChildProcess) {
    this.folder = folder;
    this.#group = group;
    this.#process = process;
  }

  static async boot({ tree, files, watched }: EnvironmentOptions): Promise<Environment> {
    const folder = await mkdtemp(join(tmpdir(), 'hyperv-kvp-network-'));
    for (const [path, { text, mode }] of Object.entries(files)) {
      const file = join(folder, 'files', path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text, { mode: mode ?? plainFile });
    }
    await writeFile(join(folder, 'watched'), watched.join('\n'));
    const group = createControlGroup(folder.slice(folder.lastIndexOf('/') + 1));
    const environment = new Environment(
      folder,
      group,
      enter(group, [tree, folder, checkout, process.execPath, scripts]),
    );
    try {
      await environment.#running();
    } catch (error) {
      const said = await readFile(join(folder, 'boot.log'), 'utf8').catch(() => '');
      await environment.end();
      throw new Error(`the guest did not start: ${said}`, { cause: error });
    }
    return environment;
  }

  /** Runs a shell command in the guest; returns what it prints, throws if it fails. */
  async shell(command: string): Promise<string> {
    const inside = ['--all', '--root', '--wd', '--target', this.#systemd, 'sh', '-c', command];
    const limits = { timeout: commandTimeoutMs, killSignal: 'SIGKILL' } as const;
    const { stdout } = await promisify(execFile)('nsenter', inside, limits);
    return stdout;
  }

  /** Kills every process of the guest and removes what it has on the machine. */
  async end(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const ended = once(this.#process, 'exit');
      this.#process.kill('SIGKILL');
      await ended;
    }
    await eventually(() => !isPopulated(this.#group));
    removeControlGroup(this.#group);
    await rm(this.folder, { recursive: true });
  }

  async #running(): Promise<void> {
    await eventually(() => {
      if (this.#process.exitCode !== null) throw new Error(`status ${this.#process.exitCode}`);
      return existsSync(join(this.folder, 'started'));
    }, bootTimeoutMs);
    const { pid = 0 } = this.#process;
    this.#systemd = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim();
  }
}

const plainFile = 0o644;

/** The namespaces, and in them `start`. */
function enter(group: string, words: readonly string[]): ChildProcess {
  const [, folder = ''] = words;
  const outside = 'exec 2>"$1/boot.log"; echo $$ > "$2/cgroup.procs"; shift 2; exec "$@"';
  const namespaces = ['--net', '--mount', '--uts', '--ipc', '--pid', '--cgroup', '--fork', '--kill-child'];
  const inside = ['sh', join(scripts, 'start'), ...words];
  return spawn(
    'setpriv',
    ['--pdeathsig', 'KILL', 'sh', '-c', outside, 'sh', folder, group, 'unshare', ...namespaces, ...inside],
    // A session of its own: Ctrl-C is for the harness, and would have the guest's systemd reboot.
    { stdio: 'ignore', detached: true },
  );
}
