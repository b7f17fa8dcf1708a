import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { install } from '../guest/machine/packages.ts';
import { configurations } from './checks/configurations.ts';
import { mishaps } from './checks/mishaps.ts';
import { runChecks, type Tally } from './checks/run-checks.ts';
import { Environment } from './environment/environment.ts';
import { patience } from './environment/patience.ts';
import { knownFailures } from './known-failures.ts';
import { machineNetwork } from './machine-network.ts';
import { writeMachines } from './generator/write-machines.ts';
import { playInGuest } from './in-guest.ts';
import { guestScenarioFiles, scenarioFiles } from './scenario/files.ts';
import { runScenarios } from './scenario/run-scenarios.ts';
import { layered } from './environment/releases.ts';
import { stacks } from './stacks/all.ts';

// npm run suite -- network [--stack NAME] [--check WORDS] [--scenario FILE]... [--machines COUNT [--seed NUMBER] [--manager NAME]]
// [--guest] [--at-once COUNT] [--patience TIMES] [--verbose]
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Only the checks of the stack of this name, and no scenario. */
    stack: { type: 'string' },
    /** Only the checks whose sentence has these words, and no scenario. */
    check: { type: 'string' },
    /** Only these scenarios, and no check. */
    scenario: { type: 'string', multiple: true },
    /** Only so many made-up machines of each manager, of seeds from this one on; of one manager alone. */
    machines: { type: 'string' },
    seed: { type: 'string', default: '1' },
    manager: { type: 'string' },
    /** In a virtual machine with Debian's kernel: those that take one, or the ones that are named. */
    guest: { type: 'boolean', default: false },
    /** How many scenarios are played at a time. */
    'at-once': { type: 'string', default: '2' },
    /** How many times longer everything may take, on a machine that has other things to do. */
    patience: { type: 'string', default: '1' },
    /** What each step of a scenario does. */
    verbose: { type: 'boolean', default: false },
  },
});

const chosen = madeUp() ?? (values.scenario && [...values.scenario, ...positionals]);
const isWhole = chosen === undefined && values.stack === undefined && values.check === undefined;
const scenarios = chosen ?? (values.guest ? guestScenarioFiles() : isWhole ? scenarioFiles() : []);
const chosenStacks = Object.values(stacks).filter(({ name }) => name === (values.stack ?? name));
const checks = [...configurations(), ...mishaps()].filter(([sentence]) => sentence.includes(values.check ?? ''));

patience.factor = Number(values.patience);
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    interrupted.abort();
  });
}

const mistake = mistaken();
if (mistake === undefined) process.exitCode = await (values.guest ? mainInGuest() : main());
else {
  console.log(mistake);
  process.exitCode = 1;
}

/** Made-up machines, if they are asked for. */
function madeUp(): readonly string[] | undefined {
  const { machines, seed, manager } = values;
  if (machines === undefined) return undefined;
  return writeMachines({ count: Number(machines), seed: Number(seed), manager });
}

function mistaken(): string | undefined {
  if (process.getuid?.() !== 0) return 'a guest in namespaces takes root: run this as root';
  if (chosenStacks.length === 0) return `there is no stack ${values.stack ?? ''}`;
  if (checks.length === 0) return `no check has the words ${values.check ?? ''}`;
  if (chosen === undefined && positionals.length > 0) return `unknown: ${positionals.join(' ')}`;
  const missing = scenarios.find((file) => !existsSync(file));
  return missing === undefined ? undefined : `there is no scenario ${missing}`;
}

async function mainInGuest(): Promise<number> {
  const options = [
    '--at-once',
    values['at-once'],
    '--patience',
    values.patience,
    ...(values.verbose ? ['--verbose'] : []),
  ];
  return await playInGuest(scenarios, options, interrupted.signal);
}

async function main(): Promise<number> {
  await install(['iproute2', 'util-linux']);
  const before = await machineNetwork();
  const tallies = chosen === undefined ? await runAllChecks() : [];
  const { signal } = interrupted;
  const known = isWhole ? knownFailures : {};
  const start = performance.now();
  const atOnce = Number(values['at-once']);
  tallies.push(await runScenarios(scenarios, { known, isVerbose: values.verbose, atOnce, signal }));
  const [wall, busy] = [performance.now() - start, Environment.processorMs].map((time) => (time / 1000).toFixed(0));
  console.log(
    `\n${scenarios.length} scenarios, ${atOnce} at a time: ${wall} s, in which their guests used ${busy} s of a processor`,
  );

  if (isWhole) console.log(`${guestScenarioFiles().length} more take another kernel: --guest`);

  const isUntouched = (await machineNetwork()) === before;
  console.log(`${isUntouched ? 'ok    ' : 'FAILED'}          this machine's own addresses and routes are as before`);
  tallies.push({ passed: isUntouched ? 1 : 0, failed: isUntouched ? 0 : 1 });
  const sum = (key: keyof Tally): number => tallies.reduce((total, tally) => total + tally[key], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${signal.aborted ? ', interrupted' : ''}`);
  return sum('failed') === 0 && !signal.aborted ? 0 : 1;
}

async function runAllChecks(): Promise<Tally[]> {
  const tallies: Tally[] = [];
  for (const stack of chosenStacks) {
    const tree = await layered('bookworm', stack.packages ?? []);
    tallies.push(await runChecks(stack, tree, checks, interrupted.signal));
  }
  return tallies;
}
