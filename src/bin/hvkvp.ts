#!/usr/bin/env node
import { Command, Option } from 'commander';
import type { SimulateOptions } from '../commands/simulate.ts';
import { version } from '../daemon/version.ts';

// A subcommand's file is loaded only when it runs.
const program = new Command('hvkvp')
  .description('Works with the key-value pairs that a guest and its Hyper-V host exchange.')
  .version(version);

program
  .command('simulate')
  .description(
    'Plays a Hyper-V host and a guest’s driver for a daemon that it starts; offers a prompt, or runs a script.',
  )
  .addOption(
    new Option('--platform <system>', 'whose driver it is')
      .choices(['linux', 'freebsd'])
      .default(process.platform === 'freebsd' ? 'freebsd' : 'linux'),
  )
  .option('--script <file>', 'run the commands in a file; the exit status is 0 if all succeed')
  .option('--daemon <path>', 'the daemon to start (default: the one of this package)')
  .option('--pool-dir <dir>', 'where its pool files are (default: a temporary folder)')
  .action(async (options: SimulateOptions) => {
    const { simulate } = await import('../commands/simulate.ts');
    process.exitCode = await simulate(options);
  });

await program.parseAsync();
