import type { Command } from 'commander';
import type { Settings } from '../../configuration/settings.ts';
import type { IpShowOptions } from './show.ts';
import { standardOutput } from '../output.ts';
import {
  configurationOption,
  type JsonOption,
  jsonOption,
  platformOption,
  type PlaceOptions,
  settingsOf,
} from '../common-options.ts';

export function addIpCommands(program: Command): void {
  const ip = program
    .command('ip')
    .description('Shows adapter addresses, what the host has set, and what a request would change.');
  const subcommand = (name: string): Command =>
    ip.command(name).addOption(configurationOption()).addOption(platformOption()).addOption(jsonOption());
  subcommand('show')
    .description(
      'Shows the addresses of each adapter, the back end that manages them, and the order in which they are reported to the host.',
    )
    .action(async (options: PlaceOptions & JsonOption) => {
      const { ipShow } = await import('./show.ts');
      await ipShow(await ipOptions(options));
    });
  subcommand('plan')
    .description('Shows what a request would write and run, without doing it; exit status 1 if it would be refused.')
    .argument('<file>', 'the request, in TOML: adapter (its GUID), dhcp, addresses, subnets, gateways, dns_servers')
    .action(async (file: string, options: PlaceOptions & JsonOption) => {
      const { ipPlan } = await import('./plan.ts');
      process.exitCode = await ipPlan(file, await ipOptions(options));
    });
  subcommand('history')
    .description('Shows what the host has set, when, by which back end, and what it was before.')
    .action(async (options: PlaceOptions & JsonOption) => {
      const { ipHistory } = await import('./history.ts');
      ipHistory(await ipOptions(options));
    });
  subcommand('revert')
    .description('Restores files and addresses to their state before the first change by the host.')
    .argument('[adapter]', 'its name (default: every adapter that the host has changed)')
    .action(async (adapter: string | undefined, options: PlaceOptions & JsonOption) => {
      const { ipRevert } = await import('./revert.ts');
      process.exitCode = await ipRevert(adapter, await ipOptions(options));
    });
}

/** The machine and the daemon's settings. */
async function ipOptions({
  json,
  ...options
}: PlaceOptions & JsonOption): Promise<IpShowOptions & Pick<Settings, 'report'>> {
  const { thisMachine } = await import('../../platform/machine.ts');
  const { platform, injection, report } = await settingsOf(options);
  return { platform, machine: thisMachine, settings: injection, report, output: standardOutput(json) };
}
