import type { Command } from 'commander';
import { standardOutput } from '../output.ts';
import { settingsOf } from '../common-options.ts';
import { existingPoolsCommand, type PoolCommandOptions, withPools } from './pool-options.ts';

interface DeprovisionOptions extends PoolCommandOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly force?: boolean;
}

export function addDeprovisionCommand(program: Command): void {
  existingPoolsCommand(
    program,
    'deprovision',
    'Prepares this machine for an image: empties all pools, removes journals, saved tails and records of changes, and restores the network configuration that the host has changed.',
  )
    .option('--yes', 'do not ask for confirmation')
    .option('--dry-run', 'only show what would be done')
    .option('--force', 'even if a daemon is running')
    .action(async ({ yes = false, dryRun = false, force = false, ...options }: DeprovisionOptions) => {
      const [{ deprovision }, { describeDaemon }, { thisMachine }] = await Promise.all([
        import('./deprovision.ts'),
        import('../daemon/running-daemon.ts'),
        import('../../platform/machine.ts'),
      ]);
      const settings = await settingsOf(options);
      const given = {
        place: settings.pools,
        machine: thisMachine,
        describeDaemon: () => describeDaemon(settings, thisMachine),
        yes,
        dryRun,
        force,
      };
      await withPools('deprovision', options, (pools) => deprovision(pools, given, standardOutput(options.json)));
    });
}
