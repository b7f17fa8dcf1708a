import type { Command } from 'commander';
import { standardOutput } from '../output.ts';
import { givenBytes } from './given-text.ts';
import { poolCommand, type PoolCommandOptions, withPools } from './pool-options.ts';

export function addReadyCommand(program: Command): void {
  poolCommand(
    program,
    'ready',
    'Waits until the system has started, and cloud-init has finished if it is installed; then sets a key for the host.',
  )
    .option('--key <key>', 'in pool guest; removed first', 'GuestReady')
    .action(async ({ key, ...options }: PoolCommandOptions & { readonly key: string }) => {
      const [{ ready }, { thisMachine }] = await Promise.all([
        import('./ready.ts'),
        import('../../platform/machine.ts'),
      ]);
      await withPools('ready', options, (pools) =>
        ready(pools, givenBytes('key', key), thisMachine, standardOutput(options.json)),
      );
    });
}
