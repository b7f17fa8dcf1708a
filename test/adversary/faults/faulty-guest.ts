import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { askStatus } from '../../../src/control/client.ts';
import { dialects, type System } from '../../../src/message/dialect.ts';
import { Status } from '../../../src/message/status.ts';
import { poolPath } from '../../../src/pools/pools.ts';
import { encodeRecord, recordSize } from '../../../src/pools/record.ts';
import type { Host, HostStatus } from '../../../src/simulator/host.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/simulator.ts';
import { DaemonProcess, daemonProgram } from '../../support/daemon-process.ts';
import { eventually } from '../../support/eventually.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { compileInjection, Injection } from './injection.mjs';

export interface StartOptions {
  readonly system: System;
  readonly configuration: string;
  /** Starts the daemon in whatever surroundings; FOLDER is where its pools are. */
  readonly launcher: readonly string[];
}

export interface FaultyGuest {
  readonly system: System;
  readonly device: string;
  readonly pools: string;
  readonly control: string;
  readonly injection: Injection;
  readonly simulator: Simulator;
  readonly host: Host;
  readonly daemon: DaemonProcess;
  /** The driver's patience with a reply is over. */
  readonly expire: () => void;
  /** The path of the pool that is written to, as others see it who do not share the daemon's surroundings. */
  readonly poolFile: () => string;
  readonly set: (key: string) => Promise<HostStatus>;
  /** How often it has registered. */
  readonly registrations: () => Promise<number>;
  /** All of its log, after its end. */
  readonly closed: () => Promise<readonly string[]>;
}

const pool = 0;

const folderOfLibrary = mkdtempSync(join(tmpdir(), 'kvp-faults-'));
process.once('exit', () => {
  rmSync(folderOfLibrary, { recursive: true });
});
const library = compileInjection(folderOfLibrary);

/** A guest whose system can be made to fail: the built daemon with the injection before the C library. */
export async function faultyGuest({ system, configuration, launcher }: StartOptions): Promise<FaultyGuest> {
  const folder = temporaryFolder();
  const device = join(folder, 'device');
  const pools = join(folder, 'pools');
  const control = join(folder, 'control');
  const file = join(folder, 'configuration');
  mkdirSync(pools);
  writeFileSync(file, configuration);
  const injection = new Injection(join(folder, 'injection'));
  const clock = new ManualClock();
  const simulator = startSimulator({ system, path: device, clock });
  onTestFinished(() => {
    simulator.close();
  });
  const places = ['--device', device, '--pool-dir', pools, '--state-dir', join(pools, 'state'), '--config', file];
  const daemon = new DaemonProcess(
    ['--platform', system, ...places, '--control-socket', control],
    { LD_PRELOAD: library, KVP_FAULTS: injection.path, KVP_DEVICE: device },
    ['env', ...launcher.map((word) => word.replaceAll('FOLDER', pools)), process.execPath, daemonProgram],
  );
  const closed = once(daemon.process, 'close');
  await simulator.daemonConnected();
  await daemon.logged('registered');
  await simulator.host.negotiate();
  await eventually(() => existsSync(control));
  // It is done with what it does once it is registered.
  await askStatus({ path: control });
  const { host } = simulator;
  return {
    ...{ system, device, pools, control, injection, simulator, host, daemon },
    expire: () => {
      clock.advance(dialects[system].replyTimeoutMs);
    },
    poolFile: () => poolPath(`/proc/${daemon.pid}/root${pools}`, pool),
    set: (key: string) => host.set(pool, key, 'value'),
    registrations: async () => (await askStatus({ path: control })).registrations,
    closed: async () => {
      await closed;
      return daemon.lines;
    },
  };
}

/** A request is answered, and its record is the last one of the file. */
export async function expectService(guest: FaultyGuest, key: string): Promise<void> {
  expect(await guest.set(key)).toEqual({ status: Status.ok });
  expect(await guest.host.get(pool, key)).toEqual({ status: Status.ok, value: 'value' });
  expect(lastRecord(guest.poolFile())).toEqual(encodeRecord(Buffer.from(key), Buffer.from('value')));
}

function lastRecord(path: string): Buffer {
  return readFileSync(path).subarray(-recordSize);
}
