import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { System } from '../../src/message/dialect.ts';
import type { Host } from '../../src/simulator/host.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { DaemonProcess } from './daemon-process.ts';
import { needs, otherUsers } from './needs.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { threadFiles } from './threads.ts';

/** Nobody of this machine: numbers need no entry in passwd(5). */
export const user = { uid: 61_234, gid: 61_235 } as const;

export interface Surroundings {
  /** In which others may pass, but only root write. */
  readonly folder: string;
  readonly pools: string;
  readonly configuration: string;
  /** The daemon's options for all of it. */
  readonly words: readonly string[];
}

/** Folders as root has them, and a configuration for a daemon that is to be of {@link user}. */
export function surroundings(text = '', helper = ''): Surroundings {
  needs(otherUsers);
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  const configuration = join(folder, 'hyperv-kvp.toml');
  const pools = join(folder, 'pools');
  const run = join(folder, 'run');
  mkdirSync(run);
  chownSync(run, user.uid, user.gid);
  writeFileSync(
    configuration,
    `device = "${folder}/device"\n[privileges]\nuser = "${user.uid}:${user.gid}"\nhelper = "${helper}"\n${text}`,
  );
  const words = ['--config', configuration, '--pool-dir', pools, '--control-socket', join(run, 'control')];
  return { folder, pools, configuration, words };
}

/** Has the next daemon serve as this user: {@link user} unless told otherwise, "" for root. */
export function configureUser({ configuration }: Surroundings, name = `${user.uid}:${user.gid}`): void {
  const text = readFileSync(configuration, 'utf8');
  writeFileSync(configuration, text.replace(/user = .*/, `user = "${name}"`));
}

export interface RootlessHost extends Surroundings {
  readonly host: Host;
  readonly simulator: Simulator;
  readonly daemon: DaemonProcess;
}

/** A host whose guest's daemon, started as root by hand, has given root's rights up. */
export async function rootlessHost(
  given: Surroundings = surroundings(),
  environment = {},
  system: System = 'linux',
): Promise<RootlessHost> {
  const simulator = startSimulator({ system, path: join(given.folder, 'device') });
  onTestFinished(() => {
    simulator.close();
  });
  const daemon = new DaemonProcess([...given.words, '--platform', system], environment);
  await daemon.living(simulator.host.negotiate());
  await daemon.living(simulator.daemonConnected());
  return { ...given, host: simulator.host, simulator, daemon };
}

/** A field of /proc/PID/status, of every thread; they must agree. */
export function statusField(pid: number, name: string): string {
  const values = threadFiles(pid, 'status').map((text) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(text)?.[1]);
  return [...new Set(values)].join(' and ');
}

/** The helper that a daemon started. */
export function helperOf(daemon: DaemonProcess): number {
  const children = readFileSync(`/proc/${daemon.pid}/task/${daemon.pid}/children`, 'utf8').trim().split(' ');
  const commandOf = (pid: string): string => readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  return Number(children.find((pid) => commandOf(pid).includes('hyperv-kvp-helper')));
}
