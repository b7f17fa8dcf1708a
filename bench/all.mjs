// The whole of docs/performance.md but for the hour of soak, in one go.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const names = [
  'side-by-side',
  'first',
  'day',
  'why',
  'start',
  'idle',
  'rights',
  'growth',
  'carried',
  'locks',
  'paths',
  'report',
];

/** Each in a process of its own: most of them enter namespaces. @returns {Promise<undefined>} */
export function measure() {
  for (const name of names) {
    console.log(`\n${name}`);
    const program = fileURLToPath(new URL('run.mjs', import.meta.url));
    const { status } = spawnSync(process.execPath, [program, name], { stdio: 'inherit' });
    if (status !== 0) throw new Error(`the benchmark ${name} failed`);
  }
  return Promise.resolve(undefined);
}
