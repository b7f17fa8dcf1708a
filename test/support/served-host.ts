import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { System } from '../../src/message/dialect.ts';
import type { Host } from '../../src/simulator/host.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { DaemonProcess } from './daemon-process.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface ServedHost {
  readonly host: Host;
  readonly simulator: Simulator;
  readonly daemon: DaemonProcess;
  readonly pools: string;
  /** A fresh run of the daemon, for one that has ended. */
  readonly restart: () => DaemonProcess;
}

/** A host whose guest runs the built daemon, or this program. At the end of the test the daemon must not have broken a rule of the driver. */
export async function servedHost(
  system: System,
  words: readonly string[] = [],
  program?: readonly [string, ...string[]],
): Promise<ServedHost> {
  const folder = temporaryFolder();
  const simulator = startSimulator({ system, path: join(folder, 'device') });
  const pools = join(folder, 'pools');
  const start = (): DaemonProcess =>
    new DaemonProcess(
      ['--platform', system, '--device', join(folder, 'device'), '--pool-dir', pools, ...words],
      {},
      program,
    );
  onTestFinished(() => {
    simulator.close();
    expect(simulator.violations).toEqual([]);
  });
  const daemon = start();
  await daemon.living(simulator.host.negotiate());
  await daemon.living(simulator.daemonConnected());
  return { host: simulator.host, simulator, daemon, pools, restart: start };
}

/** The path of a pool's file. */
export function poolFile({ pools }: Pick<ServedHost, 'pools'>, pool: number): string {
  return join(pools, `.kvp_pool_${pool}`);
}
