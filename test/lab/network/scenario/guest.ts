import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Simulator, startSimulator } from '../../../../src/simulator/simulator.ts';
import { eventually } from '../checks/eventually.ts';
import { Environment, type GuestFile } from '../environment/environment.ts';
import type { Outcome } from '../environment/guest-shell.ts';
import { guestFiles } from '../environment/guest-files.ts';
import { replyTimeoutMs } from '../environment/patience.ts';
import { stackOf } from '../stacks/all.ts';
import type { Stack } from '../stacks/stack.ts';
import { packaged } from './packaged.ts';
import type { Scenario } from './read.ts';

/** A guest as a scenario says, which can be switched off and on. */
export class Guest {
  /** What was remembered, by name. */
  readonly memory = new Map<string, string>();
  /** The last SET's. */
  answer = '';
  readonly verbose: boolean;
  readonly #scenario: Scenario;
  readonly #stack: Stack;
  readonly #tree: string;
  #environment: Environment | undefined;
  #simulator: Simulator | undefined;
  #seen = 0;
  #said = '';

  constructor(scenario: Scenario, tree: string, verbose: boolean) {
    this.#scenario = scenario;
    this.#stack = stackOf(scenario.manager);
    this.#tree = tree;
    this.verbose = verbose;
  }

  get environment(): Environment {
    if (this.#environment === undefined) throw new Error('the guest is off');
    return this.#environment;
  }

  get host(): Simulator['host'] {
    if (this.#simulator === undefined) throw new Error('the guest is off');
    return this.#simulator.host;
  }

  async boot(kept?: string): Promise<void> {
    const { files, carrier, advertise, configuration, daemon } = this.#scenario;
    const remove = [...(this.#stack.remove ?? []), ...this.#scenario.remove];
    const links = [this.#stack.links, this.#scenario.links].filter((one) => one !== undefined).join('\n');
    const stackFiles = Object.entries(this.#stack.files).filter(([path]) => !remove.includes(path));
    const all: Record<string, GuestFile> = {
      ...guestFiles(this.#stack.unit, this.#stack.backend),
      ...Object.fromEntries(stackFiles),
      ...(daemon === 'packaged' && packaged),
      ...(configuration !== undefined && { '/etc/hyperv-kvp/hyperv-kvp.toml': { text: configuration } }),
      ...files,
    };
    const toml = all['/etc/hyperv-kvp/hyperv-kvp.toml'];
    if (daemon === 'packaged' && toml !== undefined) {
      // It would be left out for a device that is not in /dev.
      all['/etc/hyperv-kvp/hyperv-kvp.toml'] = { text: `${toml.text}\n[privileges]\nuser = "hyperv-kvp"\n` };
    }
    const isKept = (path: string): boolean => kept !== undefined && /^\/(etc|var|usr\/local)\//.test(path);
    this.#environment = await Environment.boot({
      tree: this.#tree,
      files: Object.fromEntries(Object.entries(all).filter(([path]) => !isKept(path))),
      watched: [],
      surroundings: {
        remove: kept === undefined ? remove : remove.filter((path) => !isKept(path)),
        isConnected: carrier,
        advertises: advertise,
        ...(links !== '' && { links }),
        ...(kept !== undefined && { kept }),
      },
    });
    this.#simulator = startSimulator({
      system: 'linux',
      path: join(this.#environment.folder, 'device'),
      replyTimeoutMs: replyTimeoutMs(),
    });
    this.#seen = 0;
    await this.startDaemon();
  }

  async startDaemon(): Promise<void> {
    let isServing = false;
    this.#negotiated().then(
      () => (isServing = true),
      () => (isServing = false),
    );
    try {
      await this.environment.shell('chmod 666 /lab/device; systemctl start hyperv-kvp');
      await eventually(() => isServing, 20_000);
    } catch (cause) {
      const journal = await this.environment.shell('systemctl status hyperv-kvp hyperv-kvp-helper || :');
      throw new Error(`the daemon does not serve: ${journal}${await this.#log()}`, { cause });
    }
  }

  async #negotiated(): Promise<void> {
    await this.host.negotiate();
    await this.#simulator?.daemonConnected();
  }

  async restartDaemon(): Promise<void> {
    await this.environment.shell('systemctl stop hyperv-kvp; systemctl stop hyperv-kvp-helper 2>/dev/null || :');
    await this.startDaemon();
  }

  async restartManager(): Promise<void> {
    await this.environment.shell(`systemctl restart ${this.#stack.unit}`);
  }

  /** Another guest with what is on the disk of this one, ended in good order. */
  async reboot(): Promise<void> {
    const { folder } = this.environment;
    await this.environment.shell(
      `systemctl stop hyperv-kvp ${this.#stack.unit}; systemctl stop hyperv-kvp-helper 2>/dev/null; ` +
        'tar --xattrs --exclude=./usr/local/bin/node -C / -cf /lab/kept.tar ./etc ./var ./usr/local 2>/dev/null || :',
    );
    const kept = join(tmpdir(), `${folder.slice(folder.lastIndexOf('/') + 1)}-kept.tar`);
    await rename(join(folder, 'kept.tar'), kept);
    await this.close();
    try {
      await this.boot(kept);
    } finally {
      await rm(kept, { force: true });
    }
  }

  async plug(isConnected: boolean): Promise<void> {
    await writeFile(join(this.environment.folder, 'carrier'), isConnected ? 'up\n' : 'down\n');
    await eventually(async () => {
      const { output } = await this.shell('cat /sys/class/net/eth0/carrier 2>&1 || :');
      return isConnected ? !output.startsWith('0') : !output.startsWith('1');
    });
  }

  async shell(command: string): Promise<Outcome> {
    const outcome = await this.environment.tryShell(`answer=${this.answer}\n${command}`);
    this.say(`$ ${command}\n${outcome.output}`);
    return outcome;
  }

  /** What the daemon has logged since it was last asked. */
  async newLog(): Promise<string> {
    const log = await this.#log();
    const fresh = log.slice(this.#seen);
    this.#seen = log.length;
    this.say(fresh.replaceAll(/^/gm, '   log| '));
    return fresh;
  }

  say(text: string): void {
    if (this.verbose && text !== this.#said) console.log(text.trimEnd());
    this.#said = text;
  }

  async close(): Promise<void> {
    this.#simulator?.close();
    this.#simulator = undefined;
    await this.#environment?.end();
    this.#environment = undefined;
  }

  async #log(): Promise<string> {
    const path = join(this.environment.folder, 'daemon.log');
    return existsSync(path) ? await readFile(path, 'utf8') : '';
  }
}
