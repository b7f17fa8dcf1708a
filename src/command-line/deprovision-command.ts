import type { Command } from 'commander';
import { standardOutput } from '../commands/output.ts';
import { settingsOf } from './place-options.ts';
import { poolCommand, type PoolCommandOptions, withPools } from './pool-options.ts';

interface DeprovisionOptions extends PoolCommandOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly force?: boolean;
}

export function addDeprovisionCommand(program: Command): void {
  poolCommand(
    program,
    'deprovision',
    'Empties all pools and removes journals, saved ends and records of changes, before an image is made of this machine.',
  )
    .option('--yes', 'without a question')
    .option('--dry-run', 'only say what would be done')
    .option('--force', 'though a daemon runs')
    .action(async ({ yes = false, dryRun = false, force = false, ...options }: DeprovisionOptions) => {
      const [{ deprovision }, { describeDaemon }, { thisMachine }] = await Promise.all([
        import('../commands/deprovision.ts'),
        import('../commands/running-daemon.ts'),
        import('../platform/machine.ts'),
      ]);
      const settings = await settingsOf(options);
      const given = {
        place: settings.pools,
        describeDaemon: () => describeDaemon(settings, thisMachine),
        yes,
        dryRun,
        force,
      };
      await withPools('deprovision', options, (pools) => deprovision(pools, given, standardOutput(options.json)));
    });
}
