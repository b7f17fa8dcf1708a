import { type Command, InvalidArgumentError, Option } from 'commander';
import { standardOutput } from '../commands/output.ts';
import type { System } from '../message/dialect.ts';
import { thisSystem } from '../platform/this-system.ts';
import { type JsonOption, jsonOption } from './json-option.ts';

interface SimulateOptions extends JsonOption {
  readonly platform: System;
  readonly script?: string;
  readonly daemon?: string;
  readonly poolDir?: string;
  readonly controlSocket?: string;
  readonly soak?: true;
  /** In milliseconds. */
  readonly for?: number;
  readonly transactions?: number;
  readonly seed?: number;
}

export function addSimulateCommand(program: Command): void {
  program
    .command('simulate')
    .description(
      'Plays a Hyper-V host and a guest’s driver for a daemon that it starts; offers a prompt, or runs a script.',
    )
    .addOption(
      new Option('--platform <system>', 'whose driver it is').choices(['linux', 'freebsd']).default(thisSystem),
    )
    .option('--script <file>', 'run the commands in a file; the exit status is 0 if all succeed')
    .addOption(
      new Option(
        '--soak',
        'make transactions at random and check every answer; the exit status is 0 if all are right',
      ).conflicts('script'),
    )
    .option('--for <duration>', 'how long to soak: 90s, 10m, 2h (default: 60s)', readDuration)
    .option('--transactions <n>', 'how many transactions to soak it with at most', readCount)
    .option('--seed <n>', 'soak with the same transactions as before', readCount)
    .option('--daemon <path>', 'the daemon to start (default: the one of this package)')
    .option('--pool-dir <dir>', 'where its pool files are (default: a temporary folder)')
    .option('--control-socket <path>', 'where hvkvp status, monitor and top can ask the daemon (default: nowhere)')
    .addOption(jsonOption())
    .action(async (options: SimulateOptions) => {
      process.exitCode = await (options.soak ? soak(options) : simulate(options));
    });
}

async function simulate({ script, ...options }: SimulateOptions): Promise<number> {
  const { simulate: play } = await import('../commands/simulate.ts');
  return await play(guestOptions(options), script, standardOutput(options.json));
}

async function soak({
  for: milliseconds,
  transactions,
  seed = Date.now(),
  ...options
}: SimulateOptions): Promise<number> {
  const { simulateSoak } = await import('../commands/simulate-soak.ts');
  const length = {
    milliseconds: milliseconds ?? (transactions === undefined ? defaultMilliseconds : Infinity),
    transactions: transactions ?? Infinity,
  };
  return await simulateSoak(guestOptions(options), { length, seed, output: standardOutput(options.json) });
}

function guestOptions({ platform: system, daemon, poolDir: poolDirectory, controlSocket }: SimulateOptions) {
  return { system, daemon, poolDirectory, controlSocket };
}

const defaultMilliseconds = 60_000;
const unitMilliseconds = { s: 1000, m: 60_000, h: 3_600_000 } as const;

function readDuration(text: string): number {
  const [, digits, unit] = /^(\d+)([smh])$/.exec(text) ?? [];
  if (unit !== 's' && unit !== 'm' && unit !== 'h') {
    throw new InvalidArgumentError('it is a number with s, m or h behind it, such as 10m.');
  }
  return Number(digits) * unitMilliseconds[unit];
}

function readCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count)) throw new InvalidArgumentError('it is a whole number.');
  return count;
}
