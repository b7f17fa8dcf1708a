#!/usr/bin/env node
import { Command, Option } from 'commander';
import type { IpShowOptions } from '../commands/ip-show.ts';
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

const ip = program.command('ip').description('What adapters have, and what a request of the host would change.');

ip.command('show')
  .description('Shows the addresses of each adapter, and which back end would change them.')
  .addOption(configurationOption())
  .action(async ({ config }: ConfigurationOption) => {
    const { ipShow } = await import('../commands/ip-show.ts');
    await ipShow(await ipOptions(config));
  });

ip.command('plan')
  .description('Shows what a request would write and run, and changes nothing; the exit status is 1 if it is refused.')
  .argument('<file>', 'the request, in TOML: adapter (its GUID), dhcp, addresses, subnets, gateways, dns_servers')
  .addOption(configurationOption())
  .action(async (file: string, { config }: ConfigurationOption) => {
    const { ipPlan } = await import('../commands/ip-plan.ts');
    process.exitCode = await ipPlan(file, await ipOptions(config));
  });

await program.parseAsync();

interface ConfigurationOption {
  readonly config?: string;
}

function configurationOption(): Option {
  return new Option('--config <file>', 'the configuration of the daemon (default: the system’s, if it exists)');
}

/** The machine and the daemon's settings. */
async function ipOptions(configuration: string | undefined): Promise<IpShowOptions> {
  const { parseArguments } = await import('../daemon/arguments.ts');
  const { settle } = await import('../daemon/settings.ts');
  const { thisMachine } = await import('../platform/machine.ts');
  const words = configuration === undefined ? [] : ['--config', configuration];
  const { platform, injection } = await settle(parseArguments(words));
  const write = (text: string): void => {
    process.stdout.write(text);
  };
  return { platform, machine: thisMachine, settings: injection, write };
}
