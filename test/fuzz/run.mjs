// npm run fuzz -- [--messages N] [--seed S] [--layout linux|freebsd] [--replay FILE]: so many messages in all, from a seed or
// from a file of messages that found something.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '200000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    layout: { type: 'string' },
    replay: { type: 'string' },
  },
});
if (![undefined, 'linux', 'freebsd'].includes(values.layout)) throw new Error(`there is no layout '${values.layout}'`);

const layouts = values.layout === undefined ? 2 : 1;
const wanted = {
  HYPERV_KVP_FUZZ_MESSAGES: String(Math.ceil(Number(values.messages) / layouts)),
  HYPERV_KVP_FUZZ_SEED: values.seed,
  ...(values.layout !== undefined && { HYPERV_KVP_FUZZ_LAYOUT: values.layout }),
  ...(values.replay !== undefined && { HYPERV_KVP_FUZZ_REPLAY: resolve(values.replay) }),
};
const tests = values.replay === undefined ? 'test/fuzz' : 'test/fuzz/replay';
const reporters = ['--reporter=default', '--reporter=./test/support/closing-line.ts', '--disable-console-intercept'];
console.log(`seed ${values.seed}`);
const { status } = spawnSync('vitest', ['run', tests, ...reporters], {
  stdio: 'inherit',
  env: { ...process.env, ...wanted },
});
process.exitCode = status ?? 1;
