// A day of the daemon's life, and as much traffic as an hour allows: is any answer wrong, does anything grow?
// run.mjs [--minutes COUNT] [--platform linux|freebsd] [--seed COUNT]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'rolldown';
import { compileInjection, Injection } from '../faults/injection.mjs';

const mostTransactions = 20_000_000;
/** The hour is a day for the daemon, and so is half of one; a shorter run goes by the clock of all others. */
const fastestClock = 48;
const minutesPerDay = 1440;
/** On a clock that goes that fast a neighbour that is held up for a moment has the lock for long. */
const lockTimeoutMs = 2000;
const secondsPerMinute = 60;
/** Two folders below the package's, as the programs are: from there they find the addon. */
const program = join(import.meta.dirname, '../../../build/soak/program.mjs');

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    platform: { type: 'string', default: 'linux' },
    seed: { type: 'string', default: String(Date.now()) },
  },
});
const dayRate = Math.ceil(minutesPerDay / Number(values.minutes));
// FreeBSD's programs, which the daemon asks there, do not go faster with its clock.
const clockRate = dayRate > fastestClock || values.platform === 'freebsd' ? 1 : dayRate;
const seconds = Math.round(Number(values.minutes) * secondsPerMinute);
if (!(seconds > 0)) throw new Error(`--minutes ${values.minutes} is no time`);

await build({
  input: join(import.meta.dirname, 'program.ts'),
  platform: 'node',
  output: { file: program, format: 'esm', codeSplitting: false },
});
const folder = mkdtempSync(join(tmpdir(), 'kvp-soak-'));
try {
  const injection = new Injection(join(folder, 'injection'));
  injection.setClockRate(clockRate);
  const configuration = join(folder, 'configuration');
  writeFileSync(configuration, `[pools]\nlock_timeout_ms = ${lockTimeoutMs * clockRate}\n`);
  const length = ['--seconds', String(seconds), '--transactions', String(mostTransactions)];
  const options = [
    '--platform',
    values.platform,
    '--seed',
    values.seed,
    '--daemon',
    join(import.meta.dirname, 'daemon'),
  ];
  const { status } = spawnSync(process.execPath, [program, ...length, ...options], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      KVP_FAULTS: injection.path,
      KVP_INJECTION: compileInjection(folder),
      KVP_CONFIGURATION: configuration,
      KVP_NODE: process.execPath,
    },
  });
  const passed = Number(status === 0);
  console.log(`the daemon's clock went ${clockRate} times as fast`);
  console.log(`${passed} passed, ${1 - passed} failed`);
  process.exitCode = 1 - passed;
} finally {
  rmSync(folder, { recursive: true });
}
