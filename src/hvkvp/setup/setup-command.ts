import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { thisSystem } from '../../platform/this-system.ts';
import type { System } from '../../message/dialect.ts';
import { UsageError } from '../failure.ts';
import { type JsonOption, jsonOption, platformOption } from '../common-options.ts';
import { standardOutput } from '../output.ts';

interface SetupCommandOptions extends JsonOption {
  readonly remove?: boolean;
  readonly dryRun?: boolean;
  readonly root?: string;
  readonly platform?: System;
}

export function addSetupCommand(program: Command): void {
  program
    .command('freebsd-setup')
    .description(
      'On FreeBSD: installs the service, rc.d script, devd rules and user, and starts it. Keeps what exists.',
    )
    .option('--remove', 'remove it again, except files that were changed')
    .option('--dry-run', 'only show what would be done')
    .option('--root <dir>', 'for a system mounted there; nothing is started')
    .addOption(platformOption())
    .addOption(jsonOption())
    .action(
      async ({ remove = false, dryRun = false, root = '/', platform = thisSystem, json }: SetupCommandOptions) => {
        if (platform !== 'freebsd') throw new UsageError('this is not FreeBSD');
        if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true) {
          throw new UsageError(`${root} is not a folder`);
        }
        const [{ setUp }, { thisMachine }, { conventions }] = await Promise.all([
          import('./setup.ts'),
          import('../../platform/machine.ts'),
          import('../../platform/freebsd/conventions.ts'),
        ]);
        const machine = { ...thisMachine, root: resolve(root) };
        process.exitCode = await setUp({ machine, user: conventions.user, remove, dryRun }, standardOutput(json));
      },
    );
}
