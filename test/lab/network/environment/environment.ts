import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { eventually } from '../checks/eventually.ts';
import { createControlGroup, isPopulated, processorMsOf, removeControlGroup } from './control-group.ts';
import { GuestShell, type Outcome } from './guest-shell.ts';

/** A file of the guest; 0644 if no mode is given. */
export interface GuestFile {
  readonly text: string;
  /** In place of the text, where it is none. */
  readonly bytes?: Buffer;
  readonly mode?: number;
}

export interface EnvironmentOptions {
  /** The Debian tree. */
  readonly tree: string;
  readonly files: Readonly<Record<string, GuestFile>>;
  /** Absolute paths of the commands whose calls are recorded. */
  readonly watched: readonly string[];
  readonly surroundings?: Surroundings;
}

/** How a guest differs from a fresh one with one adapter that is connected. */
export interface Surroundings {
  /** Paths of the tree that are not there. */
  readonly remove?: readonly string[];
  /** Shell, run in the guest before its systemd. */
  readonly links?: string;
  /** Whether the adapter's cable is plugged in. */
  readonly isConnected?: boolean;
  /** Whether the router sends advertisements. */
  readonly advertises?: boolean;
  /** An archive of /etc, /var and /usr/local as another guest left them. */
  readonly kept?: string;
}

/** The checkout. This file runs compiled, from `build/test/lab/network/environment`. */
export const checkout = resolve(import.meta.dirname, '../../../../..');
const scripts = join(checkout, 'test/lab/network/environment');

const bootTimeoutMs = 30_000;

/**
 * A guest in namespaces: a systemd as process 1, and an adapter whose cable ends at a DHCP server. It sees nothing of the
 * machine but the checkout, read-only, and `folder`, as /lab. When this program ends, however it does, its processes end too.
 */
export class Environment {
  /** What all guests that have ended took of the processors. */
  static processorMs = 0;
  readonly folder: string;
  readonly #group: string;
  readonly #process: ChildProcess;
  #shell: GuestShell | undefined;

  private constructor(folder: string, group: string, process: ChildProcess) {
    this.folder = folder;
    this.#group = group;
    this.#process = process;
  }

  static async boot({ tree, files, watched, surroundings = {} }: EnvironmentOptions): Promise<Environment> {
    const folder = await mkdtemp(join(tmpdir(), 'hyperv-kvp-network-'));
    for (const [path, { text, bytes, mode }] of Object.entries(files)) {
      const file = join(folder, 'files', path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes ?? text, { mode: mode ?? plainFile });
    }
    await writeFile(join(folder, 'watched'), watched.map((path) => `${path}\n`).join(''));
    await mkdir(join(folder, 'files'), { recursive: true });
    // The daemon's own user goes through it to the device.
    await chmod(folder, 0o711);
    await leave(folder, surroundings);
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
    const { output, status } = await this.tryShell(command);
    if (status !== 0) throw new Error(`${command}: status ${status}: ${output}`);
    return output;
  }

  /** Runs a shell command that may fail. */
  async tryShell(command: string): Promise<Outcome> {
    if (this.#shell === undefined) throw new Error('the guest is not up');
    return await this.#shell.run(command);
  }

  /** Kills every process of the guest and removes what it has on the machine. */
  async end(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const ended = once(this.#process, 'exit');
      this.#process.kill('SIGKILL');
      await ended;
    }
    await eventually(() => !isPopulated(this.#group));
    Environment.processorMs += processorMsOf(this.#group);
    removeControlGroup(this.#group);
    await rm(this.folder, { recursive: true });
  }

  async #running(): Promise<void> {
    await eventually(() => {
      if (this.#process.exitCode !== null) throw new Error(`status ${this.#process.exitCode}`);
      return existsSync(join(this.folder, 'started'));
    }, bootTimeoutMs);
    const { pid = 0 } = this.#process;
    this.#shell = new GuestShell((await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim());
  }
}

const plainFile = 0o644;

/** What `start` and `far-end` look for in the folder. */
async function leave(
  folder: string,
  { remove = [], links, isConnected = true, advertises = false, kept }: Surroundings,
): Promise<void> {
  await writeFile(join(folder, 'removed'), remove.map((path) => `${path}\n`).join(''));
  if (!isConnected) await writeFile(join(folder, 'unplugged'), '');
  if (advertises) await writeFile(join(folder, 'advertises'), '');
  if (links !== undefined) await writeFile(join(folder, 'links'), links);
  if (kept !== undefined) await rename(kept, join(folder, 'kept.tar'));
}

/** The namespaces, and in them `start`. */
function enter(group: string, words: readonly string[]): ChildProcess {
  const [, folder = ''] = words;
  const outside = 'exec 2>"$1/boot.log"; echo $$ > "$2/cgroup.procs"; shift 2; exec "$@"';
  const namespaces = ['--net', '--mount-proc', '--uts', '--ipc', '--pid', '--cgroup', '--fork', '--kill-child'];
  const inside = ['sh', join(scripts, 'start'), ...words];
  return spawn(
    'setpriv',
    ['--pdeathsig', 'KILL', 'sh', '-c', outside, 'sh', folder, group, 'unshare', ...namespaces, ...inside],
    // A session of its own: Ctrl-C is for the harness, and would have the guest's systemd reboot.
    { stdio: 'ignore', detached: true },
  );
}
