import type { Command } from 'commander';
import type { IpShowOptions } from '../commands/ip-show.ts';
import { standardOutput } from '../commands/output.ts';
import { type JsonOption, jsonOption } from './json-option.ts';
import { configurationOption, type PlaceOptions, settingsOf } from './place-options.ts';

export function addIpCommands(program: Command): void {
  const ip = program.command('ip').description('What adapters have, and what a request of the host would change.');
  ip.command('show')
    .description('Shows the addresses of each adapter, and which back end would change them.')
    .addOption(configurationOption())
    .addOption(jsonOption())
    .action(async (options: PlaceOptions & JsonOption) => {
      const { ipShow } = await import('../commands/ip-show.ts');
      await ipShow(await ipOptions(options));
    });
  ip.command('plan')
    .description(
      'Shows what a request would write and run, and changes nothing; the exit status is 1 if it is refused.',
    )
    .argument('<file>', 'the request, in TOML: adapter (its GUID), dhcp, addresses, subnets, gateways, dns_servers')
    .addOption(configurationOption())
    .addOption(jsonOption())
    .action(async (file: string, options: PlaceOptions & JsonOption) => {
      const { ipPlan } = await import('../commands/ip-plan.ts');
      process.exitCode = await ipPlan(file, await ipOptions(options));
    });
}

/** The machine and the daemon's settings. */
async function ipOptions({ json, ...options }: PlaceOptions & JsonOption): Promise<IpShowOptions> {
  const { thisMachine } = await import('../platform/machine.ts');
  const { platform, injection } = await settingsOf(options);
  return { platform, machine: thisMachine, settings: injection, output: standardOutput(json) };
}
