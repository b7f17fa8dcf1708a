import { type Command, Option } from 'commander';
import { standardOutput } from '../output.ts';
import type { System } from '../../message/dialect.ts';
import { thisSystem } from '../../platform/this-system.ts';
import { personalities, type PersonalityName, personalityNames } from '../../simulator/personality.ts';
import { type JsonOption, jsonOption } from '../common-options.ts';

interface SimulateOptions extends JsonOption {
  readonly platform: System;
  readonly host: PersonalityName;
  readonly script?: string;
  readonly daemon?: string;
  readonly poolDir?: string;
  readonly controlSocket?: string;
  readonly realAddresses?: true;
}

export function addSimulateCommand(program: Command): void {
  program
    .command('simulate')
    .description(
      'Plays a Hyper-V host and a guest’s driver for a daemon that it starts; offers a prompt, or runs a script.',
    )
    .addOption(
      new Option('--platform <system>', 'whose driver it is').choices(['linux', 'freebsd']).default(thisSystem),
    )
    .addOption(new Option('--host <name>', hostHelp).choices(personalityNames).default('strict'))
    .option('--script <file>', 'run the commands in a file; the exit status is 0 if all succeed')
    .option('--daemon <path>', 'the daemon to start (default: this package’s)')
    .option('--pool-dir <dir>', 'where its pool files are (default: a temporary folder)')
    .option(
      '--control-socket <path>',
      'where hvkvp status, monitor and top can ask the daemon (default: in a temporary folder)',
    )
    .option(
      '--real-addresses',
      'let SET_IP_INFO change the addresses of this machine (default: only log what it would do)',
    )
    .addOption(jsonOption())
    .action(async (options: SimulateOptions) => {
      process.exitCode = await simulate(options);
    });
}

async function simulate({ script, ...options }: SimulateOptions): Promise<number> {
  const { simulate: play } = await import('./simulate.ts');
  return await play(guestOptions(options), script, standardOutput(options.json));
}

function guestOptions({ platform: system, poolDir: poolDirectory, ...given }: SimulateOptions) {
  const { host, daemon, controlSocket, realAddresses } = given;
  return { system, host, daemon, poolDirectory, controlSocket, realAddresses };
}

const hostHelp = `the host that it behaves like (${personalityNames.map((name) => `${name}: ${personalities[name].summary}`).join('; ')})`;
