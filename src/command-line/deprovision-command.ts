import type { Command } from 'commander';
import { standardOutput } from '../commands/output.ts';
import type { Settings } from '../configuration/settings.ts';
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
      const { deprovision } = await import('../commands/deprovision.ts');
      const settings = await settingsOf(options);
      const given = { place: settings.pools, describeDaemon: () => describeDaemon(settings), yes, dryRun, force };
      await withPools('deprovision', options, (pools) => deprovision(pools, given, standardOutput(options.json)));
    });
}

/** Whoever has the device open, or listens where a daemon of this configuration would. */
async function describeDaemon({ controlSocket, device, platform }: Settings): Promise<string> {
  const [{ hyperV }, { thisMachine }] = await Promise.all([
    import('../platform/hyper-v.ts'),
    import('../platform/machine.ts'),
  ]);
  const { holders } = await hyperV(platform.system, thisMachine).readHolders(device);
  if (holders[0] !== undefined) return `process ${holders[0].pid} (${holders[0].name})`;
  if (controlSocket === '') return '';
  const { askStatus, ControlError } = await import('../control/client.ts');
  try {
    return `process ${(await askStatus({ path: controlSocket })).pid} (hv_kvp_daemon)`;
  } catch (error) {
    if (error instanceof ControlError && error.trouble === 'no-daemon') return '';
    if (error instanceof ControlError) return 'something that listens at the control socket';
    throw error;
  }
}
