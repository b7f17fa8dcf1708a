import { execFileSync } from 'node:child_process';
import { pinned } from './channel.mjs';
import { peer } from './compile.mjs';
import { start } from './programs.mjs';

/**
 * Nanoseconds from the start of a process until it is registered, and of `node -e 0` from start to end, in turn.
 * @param {readonly import('./programs.mjs').ProgramName[]} names
 * @param {{ rounds: number, cpu: number | undefined }} options
 */
export async function startTimes(names, { rounds, cpu }) {
  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries([...names, 'node -e 0'].map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      const program = await start(name, { records: 0, cpu });
      times[name]?.push(program.channel.registeredAfterNs);
      await program.close();
    }
    times['node -e 0']?.push(timeOfNode(cpu));
  }
  return times;
}

/** @param {number | undefined} cpu */
function timeOfNode(cpu) {
  const words = [...pinned(cpu), peer('elapsed'), process.execPath, '-e', '0'];
  return Number(execFileSync('env', words, { encoding: 'utf8' }));
}
