import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Tally } from '../checks/run-checks.ts';
import { play } from './play.ts';
import { readScenario } from './read.ts';

export interface ScenarioOptions {
  /** Those that are known to fail, by the names of their files, each with the reason. */
  readonly known: Readonly<Record<string, string>>;
  /** Says what each step does, of one scenario after another. */
  readonly isVerbose: boolean;
  /** How many at a time. They mostly wait: for leases, routers, checks for duplicates. */
  readonly atOnce: number;
  /** Ends the run after the guests are gone. */
  readonly signal: AbortSignal;
}

/** Plays scenarios and prints and counts the outcomes. */
export async function runScenarios(files: readonly string[], options: ScenarioOptions): Promise<Tally> {
  const waiting = [...files];
  const tally = { passed: 0, failed: 0 };
  const work = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined && !options.signal.aborted; file = waiting.shift()) {
      await runScenario(file, options, tally);
    }
  };
  await Promise.all(Array.from({ length: options.isVerbose ? 1 : options.atOnce }, work));
  return tally;
}

async function runScenario(
  file: string,
  { known, isVerbose, signal }: ScenarioOptions,
  tally: { passed: number; failed: number },
): Promise<void> {
  const scenario = readScenario(await readFile(file, 'utf8'));
  const start = performance.now();
  const { trouble } = await play(scenario, isVerbose, signal);
  if (signal.aborted) return;
  const name = basename(file, '.json');
  const title = `${((performance.now() - start) / 1000).toFixed(1).padStart(5)} s  ${name}: ${scenario.title}`;
  const reason = known[name];
  if (trouble === undefined && reason === undefined) {
    tally.passed += 1;
    console.log(`ok     ${title}`);
  } else if (trouble !== undefined && reason !== undefined) {
    console.log(`KNOWN  ${title}\n        ${reason}`);
  } else {
    tally.failed += 1;
    console.log(`FAILED ${title}\n        ${trouble ?? 'it passes, and is listed in known-failures.ts'}`);
  }
}
