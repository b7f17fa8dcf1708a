// A day of the daemon's life, and as much traffic as an hour allows: is any answer wrong, does anything grow?
// run.mjs [--minutes COUNT] [--platform linux|freebsd] [--seed COUNT]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compileInjection, Injection } from '../faults/injection.mjs';

const mostTransactions = 20_000_000;
/** The daemon's clock goes so much faster that an hour is a day; a driver of its own clock would take every lock for too slow. */
const clockRate = 24;
const secondsPerMinute = 60;
const hvkvp = join(import.meta.dirname, '../../dist/bin/hvkvp.js');

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    platform: { type: 'string', default: 'linux' },
    seed: { type: 'string', default: String(Date.now()) },
  },
});
const seconds = Math.round(Number(values.minutes) * secondsPerMinute);
if (!(seconds > 0)) throw new Error(`--minutes ${values.minutes} is no time`);

const folder = mkdtempSync(join(tmpdir(), 'kvp-soak-'));
try {
  const injection = new Injection(join(folder, 'injection'));
  injection.setClockRate(clockRate);
  const length = ['--for', `${seconds}s`, '--transactions', String(mostTransactions)];
  const options = [
    '--platform',
    values.platform,
    '--seed',
    values.seed,
    '--daemon',
    join(import.meta.dirname, 'daemon'),
  ];
  const { status } = spawnSync(process.execPath, [hvkvp, 'simulate', '--soak', ...length, ...options], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      KVP_FAULTS: injection.path,
      KVP_INJECTION: compileInjection(folder),
      KVP_NODE: process.execPath,
    },
  });
  const passed = Number(status === 0);
  console.log(
    `the daemon's clock went ${clockRate} times as fast: ${(seconds * clockRate) / (secondsPerMinute * secondsPerMinute)} hours`,
  );
  console.log(`${passed} passed, ${1 - passed} failed`);
  process.exitCode = 1 - passed;
} finally {
  rmSync(folder, { recursive: true });
}
