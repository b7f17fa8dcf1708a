import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../environment/environment.ts';
import { madeUpManagers, madeUpScenario } from './machines.ts';

export interface MachineOptions {
  /** Of each manager. */
  readonly count: number;
  /** Of the first machine; the next has the next. */
  readonly seed: number;
  /** Left out: all of them in turn. */
  readonly manager: string | undefined;
}

const folder = join(checkout, 'build/machines');

/** Writes scenarios of made-up machines; returns their paths. They stay until the next time, to be played again one by one. */
export function writeMachines({ count, seed, manager }: MachineOptions): readonly string[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const managers = manager === undefined ? madeUpManagers : [manager];
  return Array.from({ length: count }).flatMap((_, index) =>
    managers.map((name) => {
      const path = join(folder, `${name}-${seed + index}.json`);
      writeFileSync(path, madeUpScenario(name, seed + index));
      return path;
    }),
  );
}
