// npm run suite -- fuzz [--messages N] [--at-once N] [--only PART] [--seed S] [--layout linux|freebsd] [--replay FILE]: so many messages
// in all, from a seed or from a file of messages that found something. PART is of the name of a test file, as "messages".
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

/** A daemon with FreeBSD's device waits for most of the time. */
const runsAProcessor = 2;

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '200000' },
    'at-once': { type: 'string', default: String(availableParallelism() * runsAProcessor) },
    only: { type: 'string', default: '' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    layout: { type: 'string' },
    replay: { type: 'string' },
  },
});
if (![undefined, 'linux', 'freebsd'].includes(values.layout)) throw new Error(`there is no layout '${values.layout}'`);
const atOnce = values.replay === undefined ? Number(values['at-once']) : 1;
if (!Number.isInteger(atOnce) || atOnce < 1) throw new Error(`there cannot be ${values['at-once']} runs at once`);

const layouts = values.layout === undefined ? 2 : 1;
const messages = Math.ceil(Number(values.messages) / atOnce);
const wanted = {
  HYPERV_KVP_FUZZ_MESSAGES: String(Math.ceil(messages / layouts)),
  ...(values.layout !== undefined && { HYPERV_KVP_FUZZ_LAYOUT: values.layout }),
  ...(values.replay !== undefined && { HYPERV_KVP_FUZZ_REPLAY: resolve(values.replay) }),
};
const tests = values.replay === undefined ? `test/adversary/fuzz/${values.only}` : 'test/adversary/fuzz/replay';
const reporters = ['--reporter=default', '--reporter=./test/support/closing-line.ts', '--disable-console-intercept'];

// Each has devices, pools and daemons of its own: to repeat one takes its seed alone.
const seeds = Array.from({ length: atOnce }, (_, index) => Number(values.seed) + index);
if (atOnce === 1) console.log(`seed ${values.seed}`);
const start = performance.now();
const counts = await Promise.all(seeds.map(runWith));
const minutes = (performance.now() - start) / 60_000;
const [passed, failed] = [0, 1].map((at) => counts.reduce((sum, count) => sum + (count[at] ?? 0), 0));
console.log(`${values.messages} messages, ${atOnce} runs at once, ${minutes.toFixed(1)} minutes`);
console.log(`${passed} passed, ${failed} failed`);

/** @param {number} seed @returns {Promise<number[]>} how many tests have passed, and failed */
async function runWith(seed) {
  if (atOnce > 1) console.log(`seed ${seed}; again by itself: --at-once 1 --messages ${messages} --seed ${seed}`);
  const run = spawn('vitest', ['run', tests, ...reporters], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...wanted, HYPERV_KVP_FUZZ_SEED: String(seed) },
  });
  const ended = once(run, 'exit');
  let counts = [0, 1];
  for await (const line of createInterface({ input: run.stdout })) {
    const closing = /^(\d+) passed, (\d+) failed$/.exec(line);
    if (closing === null) console.log(atOnce === 1 ? line : `${seed}: ${line}`);
    else counts = closing.slice(1).map(Number);
  }
  await ended;
  if (run.exitCode !== 0) process.exitCode = 1;
  return counts;
}
