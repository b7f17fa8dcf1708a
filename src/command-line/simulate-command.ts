import { type Command, Option } from 'commander';
import type { SimulateOptions } from '../commands/simulate.ts';
import { thisSystem } from '../platform/this-system.ts';

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
    .option('--daemon <path>', 'the daemon to start (default: the one of this package)')
    .option('--pool-dir <dir>', 'where its pool files are (default: a temporary folder)')
    .option('--control-socket <path>', 'where hvkvp status, monitor and top can ask the daemon (default: nowhere)')
    .action(async (options: SimulateOptions) => {
      const { simulate } = await import('../commands/simulate.ts');
      process.exitCode = await simulate(options);
    });
}
