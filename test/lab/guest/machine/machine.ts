import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { builtModule, driverModules } from './driver.ts';
import { labSources } from './folders.ts';
import { initramfs } from './initramfs.ts';
import { kernelOf } from './kernel.ts';
import { install, tools } from './packages.ts';

export interface BootOptions {
  /** Where the command's output goes as it comes. */
  readonly output: NodeJS.WritableStream;
  /** Debian's kernel series; 6.1 if not given. */
  readonly series?: string;
  /** The machine is switched off after this time. */
  readonly timeoutMs?: number;
  /** Switches the machine off at once. */
  readonly signal?: AbortSignal;
}

/** What tells one kind of guest from another. */
export interface Guest {
  /** The script of `initramfs/` that goes on after `init`. */
  readonly script: 'guest' | 'system' | 'namespaces';
  /** For that script and for the command. */
  readonly environment: Readonly<Record<string, string>>;
  /** The processor, as QEMU has it. A second one would cost more than it does, with nothing to do at the same time. */
  readonly processor: string;
  /** A folder with the source of a module, which the script finds as `$MODULE`. */
  readonly module?: string;
  /**
   * How many nanoseconds, as a power of two, pass in the guest for an instruction, in place of those that its emulation takes: what is
   * to be done within a time is done, however slow the machine is.
   */
  readonly pace?: number;
  /** Further arguments of QEMU. */
  readonly devices: readonly string[];
  /** Further words for the kernel. */
  readonly parameters: readonly string[];
}

/**
 * Boots a guest, runs a shell command there as root, switches the guest off and returns the command's status. The command finds
 * the driver's modules at `$DRIVER_MODULES`, the kernel's own at `$KERNEL_MODULES`. Throws if the guest did not come to the end of the command.
 */
export async function runMachine(command: string, guest: Guest, options: BootOptions): Promise<number> {
  await install(tools);
  const kernel = await kernelOf(options.series ?? usualSeries);
  const archive = await initramfs(kernel);
  const environment = {
    DRIVER_MODULES: await driverModules(kernel),
    KERNEL_MODULES: kernel.root,
    PATH: guestPath,
    ...(guest.module !== undefined && { MODULE: await builtModule(kernel, guest.module) }),
    ...guest.environment,
  };

  const exchange = await mkdtemp(join(tmpdir(), 'hyperv-kvp-guest-'));
  try {
    await copyFile(join(labSources, 'initramfs', guest.script), join(exchange, 'script'));
    await writeFile(join(exchange, 'environment'), exports(environment));
    await writeFile(join(exchange, 'command'), command);
    // A guest with SELinux cannot make files here, for they would need labels.
    await writeFile(join(exchange, 'status'), '');
    await emulate([...machine(kernel.image, archive, exchange, guest), ...guest.devices], options);
    const status = await readFile(join(exchange, 'status'), 'utf8');
    if (status === '') throw new Error('it has left no status');
    return Number(status);
  } catch (error) {
    throw new Error(`the guest did not come to the end of its command; ${await lastWords(exchange)}`, { cause: error });
  } finally {
    await rm(exchange, { recursive: true });
  }
}

const usualSeries = '6.1';
const usualTimeoutMs = 600_000;
const guestPath = `${dirname(process.execPath)}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`;

function exports(environment: Record<string, string>): string {
  const lines = Object.entries(environment).map(
    ([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'\n`,
  );
  return lines.join('');
}

/** QEMU's arguments; software emulation, since a machine that runs tests is seldom let to run guests of its own. */
function machine(kernel: string, archive: string, exchange: string, guest: Guest): string[] {
  const parameters = [
    'rdinit=/init console=ttyS0 quiet panic=-1 mitigations=off tsc=reliable random.trust_cpu=on',
    ...guest.parameters,
  ];
  return [
    // With one processor, there is nothing to be emulated by several threads.
    ...['-accel', 'tcg', '-cpu', guest.processor, '-smp', '1', '-m', '1024'],
    ...(guest.pace === undefined ? [] : ['-icount', `shift=${guest.pace}`]),
    ...['-nodefaults', '-no-user-config', '-no-reboot', '-display', 'none'],
    ...['-kernel', kernel, '-initrd', archive, '-append', parameters.join(' ')],
    ...['-serial', `file:${join(exchange, kernelLog)}`],
    ...['-device', 'virtio-serial-pci', '-chardev', 'stdio,id=output,signal=off'],
    ...['-device', 'virtserialport,chardev=output,name=output'],
    ...['-fsdev', 'local,id=machine,path=/,security_model=none,readonly=on,multidevs=remap'],
    ...['-device', 'virtio-9p-pci,fsdev=machine,mount_tag=machine'],
    ...['-fsdev', `local,id=exchange,path=${exchange},security_model=none`],
    ...['-device', 'virtio-9p-pci,fsdev=exchange,mount_tag=exchange'],
  ];
}

const kernelLog = 'kernel.log';

async function emulate(args: readonly string[], options: BootOptions): Promise<void> {
  const timeout = AbortSignal.timeout(options.timeoutMs ?? usualTimeoutMs);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]);
  // QEMU dies with this program, however that ends.
  const emulator = spawn('setpriv', ['--pdeathsig', 'KILL', 'qemu-system-x86_64', ...args], {
    signal,
    killSignal: 'SIGKILL',
    // A standard input that never comes but stays open: at its end, QEMU would take the guest's output for unwanted.
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  emulator.stdout.pipe(options.output, { end: false });
  await once(emulator, 'close');
}

async function lastWords(exchange: string): Promise<string> {
  const path = join(exchange, kernelLog);
  if (!existsSync(path)) return 'its kernel was not started';
  const lines = (await readFile(path, 'utf8')).split('\n');
  return `its kernel said last:\n${lines.slice(-shownLines).join('\n')}`;
}

const shownLines = 40;
