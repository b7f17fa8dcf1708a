import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Injector } from '../../../../src/ip-information/injector.ts';
import type { InjectionSettings } from '../../../../src/ip-information/injection-settings.ts';
import type { RevertOptions } from '../../../../src/ip-information/revert.ts';
import type { Trusted } from '../../../../src/ip-information/record-schema.ts';
import type { BackEnd, Plan } from '../../../../src/ip-information/plan.ts';
import { cidr } from '../../../../src/ip-information/family.ts';
import type { Policy } from '../../../../src/ip-information/policy.ts';
import type { IpValue } from '../../../../src/message/ip-value.ts';
import type { Status } from '../../../../src/message/status.ts';
import type { Machine } from '../../../../src/platform/machine.ts';
import { type Platform, platform } from '../../../../src/platform/platform.ts';
import { type CommandResult } from '../../../../src/platform/run-command.ts';
import { fakeMachine } from '../../platform/fake-machine.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { guid, permissive } from './proposals.ts';

export const configurationFile = '/etc/fake/eth0';
/** What a record of its changes may hold. */
export const fakeTrust: Trusted = {
  isProgram: (program) => program.startsWith('fake-'),
  isPlace: (path) => path.startsWith('/etc/fake/'),
};

const done: CommandResult = { status: 0, output: '', errors: '' };

/**
 * A guest whose network manager has one file, with an address a line: "fake-up eth0" gives them to eth0, "fake-down" takes them
 * away. A test may put other behaviour in a command's place.
 */
export class FakeNetwork {
  readonly commands: string[] = [];
  readonly lines: string[] = [];
  readonly overrides = new Map<string, () => Promise<CommandResult>>();
  readonly stateDirectory = temporaryFolder();
  readonly machine: Machine;
  isUp = true;
  /** In place of the one that the injector was made with. */
  policy: Policy | undefined;
  #addresses: readonly string[] = [];

  constructor(former: readonly string[] = ['192.168.1.4/24']) {
    const fixed = fakeMachine({
      files: {
        '/sys/class/net/eth0/address': '00:15:5d:01:02:0a\n',
        '/sys/class/net/eth0/type': '1\n',
        '/sys/class/net/eth0/device/device_id': `{${guid}}\n`,
      },
    });
    this.machine = {
      ...fixed,
      networkInterfaces: () => fakeMachine({ interfaces: { eth0: this.#addresses } }).networkInterfaces(),
      run: (program, args) => this.#run([program, ...args].join(' ')),
    };
    if (former.length > 0) this.write(former);
    this.#addresses = former;
  }

  get record(): string {
    return join(this.stateDirectory, 'ip-injection.json');
  }

  /** As a process that ends does. */
  letGo(): void {
    rmSync(join(this.stateDirectory, 'ip-injection.lock'), { force: true });
  }

  get addresses(): readonly string[] {
    return this.#addresses;
  }

  /** What the file says; undefined if there is none. */
  read(): string | undefined {
    return existsSync(this.#file) ? readFileSync(this.#file, 'utf8') : undefined;
  }

  get mode(): number {
    return statSync(this.#file).mode & 0o777;
  }

  write(addresses: readonly string[], mode = 0o640): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, addresses.map((address) => `${address}\n`).join(''));
    chmodSync(this.#file, mode);
  }

  /** From here on the file cannot be written: something else is in the place of its folder. */
  blockFile(): void {
    const folder = dirname(this.#file);
    renameSync(folder, `${folder}.away`);
    writeFileSync(folder, '');
  }

  unblockFile(): void {
    const folder = dirname(this.#file);
    rmSync(folder);
    renameSync(`${folder}.away`, folder);
  }

  /** The injector, of whose outcomes tests look at the status. */
  injector(
    settings: Partial<InjectionSettings> = {},
    differences: Partial<Plan> = {},
  ): { set: (value: IpValue) => Promise<Status>; recover: () => Promise<void> } {
    const injector = this.#injector(settings, differences);
    return { set: (value) => injector.set(value).status, recover: () => injector.recover() };
  }

  #injector(settings: Partial<InjectionSettings>, differences: Partial<Plan>): Injector {
    const write = (text: string): void => {
      this.lines.push(text);
    };
    const wanted: InjectionSettings = {
      policy: permissive,
      changesAMinute: 0,
      backEnd: 'auto',
      deadlineMs: 2000,
      verify: true,
      stateDirectory: this.stateDirectory,
      script: '/bin/false',
      scriptArguments: 'both',
      ...settings,
    };
    return new Injector({
      platform: this.#platform,
      machine: this.machine,
      backEndsOf: () => [this.#backEnd(differences)],
      trusted: fakeTrust,
      log: { error: write, warning: write, notice: write, info: write, audit: write, debug: () => undefined },
      settings: wanted,
      // A test may change what is allowed.
      current: () => ({ ...wanted, policy: this.policy ?? wanted.policy }),
    });
  }

  revertOptions(): RevertOptions {
    const warn = (text: string): void => {
      this.lines.push(text);
    };
    const { stateDirectory, machine } = this;
    return { platform: this.#platform, machine, trusted: fakeTrust, stateDirectory, warn };
  }

  get #platform(): Platform {
    return platform('linux', this.machine);
  }

  get #file(): string {
    return join(this.machine.root, configurationFile);
  }

  #backEnd(differences: Partial<Plan>): BackEnd {
    return {
      name: 'networkd',
      manages: () => this.isUp,
      isReady: () => this.isUp,
      plan: ({ addresses }) => ({
        before: [{ program: 'fake-down', args: ['eth0'] }],
        files: [{ path: configurationFile, text: addresses.map((one) => `${cidr(one)}\n`).join(''), mode: 0o644 }],
        commands: [{ program: 'fake-up', args: ['eth0'] }],
        undo: {
          before: [{ program: 'fake-down', args: ['eth0'] }],
          commands: [{ program: 'fake-up', args: ['eth0'] }],
        },
        ...differences,
      }),
    };
  }

  async #run(command: string): Promise<CommandResult> {
    this.commands.push(command);
    const override = this.overrides.get(command);
    this.overrides.delete(command);
    if (override !== undefined) return await override();
    if (command === 'fake-down eth0') this.#addresses = [];
    if (command === 'fake-up eth0') this.#addresses = (this.read() ?? '').split('\n').filter((line) => line !== '');
    return done;
  }
}
