import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { System } from '../../src/message/dialect.ts';
import type { Host } from '../../src/simulator/host.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/simulator.ts';
import { FakeDaemon } from './fake-daemon.ts';
import { ManualClock } from './manual-clock.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface Simulated {
  readonly simulator: Simulator;
  readonly host: Host;
  readonly clock: ManualClock;
  readonly path: string;
  readonly connect: () => FakeDaemon;
}

/** A simulated driver whose time stands still; no daemon yet. */
export function simulated(system: System, options: Partial<SimulatorOptions> = {}): Simulated {
  const path = join(temporaryFolder(), 'device');
  const clock = new ManualClock();
  const simulator = startSimulator({ system, path, clock, ...options });
  onTestFinished(() => {
    simulator.close();
  });
  const connect = (): FakeDaemon => new FakeDaemon(path, system);
  return { simulator, host: simulator.host, clock, path, connect };
}

/** A simulated driver with a daemon that a test plays. */
export async function registered(
  system: System,
  options: Partial<SimulatorOptions> = {},
): Promise<Simulated & { readonly daemon: FakeDaemon }> {
  const parts = simulated(system, options);
  const daemon = parts.connect();
  await daemon.register();
  await parts.simulator.daemonConnected();
  return { ...parts, daemon };
}

/** A question whose answer a test does not wait for; it fails when the simulator is closed. */
export function unanswered(question: Promise<unknown>): void {
  question.catch(() => undefined);
}
