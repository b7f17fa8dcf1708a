import type { Command } from 'commander';
import { existingPoolsCommand, type PoolCommandOptions, withPools } from './pool-options.ts';

export function addRecoverCommand(program: Command): void {
  existingPoolsCommand(
    program,
    'recover',
    'Finishes or drops changes interrupted by a crash, as the daemon does.',
  ).action(async (options: PoolCommandOptions) => {
    const failures: Error[] = [];
    await withPools('recover', options, (pools) => pools.recover((error) => failures.push(error)));
    if (failures[0] !== undefined) throw failures[0];
  });
}
