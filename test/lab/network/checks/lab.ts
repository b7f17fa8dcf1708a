import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Simulator, startSimulator } from '../../../../src/simulator/simulator.ts';
import { Environment } from '../environment/environment.ts';
import { guestFiles } from '../environment/guest-files.ts';
import type { Stack } from '../stacks/stack.ts';
import { eventually } from './eventually.ts';

/** What the checks work with: a guest with its network manager, the daemon in it, and the host. */
export class Lab {
  readonly stack: Stack;
  readonly environment: Environment;
  readonly simulator: Simulator;

  private constructor(stack: Stack, environment: Environment) {
    this.stack = stack;
    this.environment = environment;
    this.simulator = startSimulator({ system: 'linux', path: join(environment.folder, 'device') });
  }

  /** Boots the guest and starts the daemon. */
  static async open(stack: Stack, tree: string): Promise<Lab> {
    const files = { ...guestFiles(stack.unit, stack.backend), ...stack.files };
    const surroundings = { remove: stack.remove ?? [], ...(stack.links !== undefined && { links: stack.links }) };
    const lab = new Lab(stack, await Environment.boot({ tree, files, watched: stack.commands, surroundings }));
    try {
      await lab.startDaemon();
    } catch (error) {
      await lab.close();
      throw error;
    }
    return lab;
  }

  /** Throws if the daemon does not come so far as to serve the host. */
  async startDaemon(): Promise<void> {
    let isServing = false;
    this.#negotiated().then(
      () => (isServing = true),
      () => (isServing = false),
    );
    try {
      await this.environment.shell('systemctl start hyperv-kvp');
      await eventually(() => isServing);
    } catch (cause) {
      const journal = await this.environment.shell('systemctl status hyperv-kvp || :');
      throw new Error(`the daemon does not serve: ${journal}${await this.log()}`, { cause });
    }
  }

  /** Without warning, and whatever it has started with it. */
  async killDaemon(): Promise<void> {
    await this.environment.shell('systemctl kill --signal=KILL hyperv-kvp; systemctl stop hyperv-kvp');
  }

  async restartManager(): Promise<void> {
    await this.environment.shell(`systemctl restart ${this.stack.unit}`);
  }

  /** As far as the network goes: the manager starts again on an adapter that has nothing, and with the memory of its files only. */
  async rebootManager(): Promise<void> {
    const { unit, volatile } = this.stack;
    const commands = [
      `systemctl stop ${unit}`,
      'ip address flush dev eth0',
      'ip link set eth0 down',
      `rm -rf ${volatile}`,
    ];
    await this.environment.shell([...commands, `systemctl start ${unit}`].join(' && '));
  }

  /** Stops the manager and has its next start last until `release`. */
  async holdManager(): Promise<void> {
    await this.#leave('held', '');
    await this.environment.shell(`systemctl restart --no-block ${this.stack.unit}`);
    await eventually(async () => {
      return (await this.environment.shell(`systemctl is-active ${this.stack.unit} || :`)).trim() === 'activating';
    });
  }

  async releaseManager(): Promise<void> {
    await rm(join(this.environment.folder, 'held'));
    await this.environment.shell(`systemctl start ${this.stack.unit}`);
  }

  /** The next call of the manager's commands that puts a configuration in force does so, and then fails or hangs. */
  async arrange(mishap: 'fail' | 'hang'): Promise<void> {
    await this.#leave('mishap', `${mishap} ${this.stack.applies}\n`);
  }

  /** Whether the mishap arranged is still to come. */
  get isMishapDue(): boolean {
    return existsSync(join(this.environment.folder, 'mishap'));
  }

  /** Whether a command hangs as arranged. */
  get isCommandHanging(): boolean {
    return existsSync(join(this.environment.folder, 'hanging'));
  }

  /** Calls of the manager's commands so far, a line each. */
  calls(): Promise<string> {
    return this.#said('calls');
  }

  /** What the daemon has logged so far. */
  log(): Promise<string> {
    return this.#said('daemon.log');
  }

  /** The last that the manager has logged. */
  managerLog(): Promise<string> {
    return this.environment.shell(`journalctl --unit=${this.stack.unit} --lines=${shownLines} --output=cat`);
  }

  async close(): Promise<void> {
    this.simulator.close();
    await this.environment.end();
  }

  async #negotiated(): Promise<void> {
    await this.simulator.host.negotiate();
    await this.simulator.daemonConnected();
  }

  async #leave(name: string, text: string): Promise<void> {
    await writeFile(join(this.environment.folder, name), text);
  }

  async #said(name: string): Promise<string> {
    const path = join(this.environment.folder, name);
    return existsSync(path) ? await readFile(path, 'utf8') : '';
  }
}

const shownLines = 20;
