import { type Command, Option } from 'commander';
import { statusNames } from '../../message/status.ts';
import { ExitStatus } from '../exit-status.ts';
import { complain, complainer } from '../failed.ts';
import { standardOutput } from '../output.ts';
import { poolOption } from '../pools/pool-options.ts';
import type { EventFilter } from './event-filter.ts';
import {
  addPlaceOptions,
  configurationOption,
  type JsonOption,
  jsonOption,
  platformOption,
  type PlaceOptions,
  settingsDespiteErrors,
  socketOption,
} from '../common-options.ts';

interface ValuesOption {
  readonly values?: boolean;
}

interface MonitorOptions extends PlaceOptions, JsonOption, EventFilter, ValuesOption {
  readonly record?: string;
}

const operations = ['get', 'set', 'delete', 'enumerate', 'get-ip-info', 'set-ip-info', 'refused'];
const valuesHelp = 'show values and addresses as well';

/** Commands that ask the running daemon, or read what it has reported. */
export function addDaemonCommands(program: Command): void {
  const asking = (name: string): Command => {
    const command = program.command(name).addOption(configurationOption()).addOption(platformOption());
    return command.addOption(socketOption()).addOption(jsonOption());
  };
  asking('status')
    .description('Shows the status of the running daemon.')
    .action(async (options: PlaceOptions & JsonOption) => {
      const { showStatus } = await import('./status.ts');
      await showStatus(await socketOf('status', options), standardOutput(options.json));
    });
  addPlaceOptions(program.command('config'))
    .description(
      'Shows the configuration in force: the value of each key, its source, and since when it applies. Asks the running daemon; without one, reads the files.',
    )
    .addOption(socketOption())
    .option('--values', 'show the texts of [report.keys] as well')
    .addOption(jsonOption())
    .action(async ({ values = false, json, ...options }: PlaceOptions & JsonOption & ValuesOption) => {
      const { readInForce, showInForce } = await import('./config.ts');
      const { settings, trouble } = await settingsDespiteErrors(options);
      const say = complainer('config');
      if (trouble !== '') say(`${trouble}\nthis file is invalid; a running daemon keeps its previous configuration`);
      const inForce = await readInForce(settings, values, say);
      showInForce(inForce, standardOutput(json));
      if (trouble !== '' && inForce.pid === null) process.exitCode = ExitStatus.usage;
    });
  asking('monitor')
    .description('Shows each request of the host as it is answered, until Ctrl-C.')
    .option('--values', valuesHelp)
    .option('--record <file>', 'write them to a new file too, for hvkvp decode; values only with --values')
    .addOption(new Option('--operation <name...>', 'only these operations').choices(operations))
    .addOption(poolOption('all'))
    .option('--key <key>', 'only requests for this key; * stands for any text, ? for a character')
    .addOption(new Option('--status <name...>', 'only requests with these statuses').choices(statusNames))
    .action(async ({ values = false, record, operation, pool, key, status, ...options }: MonitorOptions) => {
      const { monitor } = await import('./monitor.ts');
      const filter = { operation, pool, key, status };
      const socket = await socketOf('monitor', options);
      await monitor({ socket, values, record, filter }, standardOutput(options.json));
    });
  program
    .command('decode')
    .description('Shows a recording of hvkvp monitor.')
    .argument('<file>', 'the recording')
    .option('--values', valuesHelp)
    .addOption(jsonOption())
    .action(async (file: string, { values = false, json }: JsonOption & ValuesOption) => {
      const { decode } = await import('./decode.ts');
      await decode(file, values, standardOutput(json));
    });
  asking('top')
    .description(
      'Shows the status of the daemon, refreshed every second; q quits. Without a terminal: once. With --json: one status per line until Ctrl-C.',
    )
    .action(async (options: PlaceOptions & JsonOption) => {
      const { top } = await import('./top.ts');
      await top(await socketOf('top', options), standardOutput(options.json));
    });
  asking('metrics')
    .description('Prints the daemon’s metrics in the text format of Prometheus, for a textfile collector.')
    .action(async (options: PlaceOptions & JsonOption) => {
      const { printMetrics } = await import('./metrics.ts');
      await printMetrics(await socketOf('metrics', options), standardOutput(options.json));
    });
}

/** Where the daemon of this configuration listens; "" if nowhere. Of one that cannot be used: where a daemon listens by default. */
async function socketOf(command: string, options: PlaceOptions): Promise<string> {
  if (options.socket !== undefined) return options.socket;
  const { settings, trouble } = await settingsDespiteErrors(options);
  if (trouble !== '') {
    complain(`hvkvp ${command}`, `${trouble}\nusing the default control socket, ${settings.controlSocket}`);
  }
  return settings.controlSocket;
}
