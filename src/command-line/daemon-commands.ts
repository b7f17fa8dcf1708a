import type { Command } from 'commander';
import { standardOutput } from '../commands/output.ts';
import { type JsonOption, jsonOption } from './json-option.ts';
import { configurationOption, type PlaceOptions, settingsOf } from './place-options.ts';

interface SocketOptions extends PlaceOptions {
  readonly socket?: string;
}

interface MonitorOptions extends SocketOptions, JsonOption {
  readonly values?: boolean;
  readonly record?: string;
}

interface DecodeOptions extends JsonOption {
  readonly values?: boolean;
}

const valuesHelp = 'show values and addresses as well';

/** Commands that ask the running daemon, or read what it has told. */
export function addDaemonCommands(program: Command): void {
  const asking = (name: string): Command =>
    program
      .command(name)
      .addOption(configurationOption())
      .option('--socket <path>', 'the control socket of the daemon (default: as configured)');
  asking('status')
    .description('Shows how the running daemon does.')
    .addOption(jsonOption())
    .action(async (options: SocketOptions & JsonOption) => {
      const { showStatus } = await import('../commands/status.ts');
      await showStatus(await socketOf(options), standardOutput(options.json));
    });
  asking('monitor')
    .description('Shows every request of the host as it is answered, until Ctrl-C.')
    .option('--values', valuesHelp)
    .option('--record <file>', 'write them to a new file too, for hvkvp decode; values only with --values')
    .addOption(jsonOption())
    .action(async ({ values = false, record, ...options }: MonitorOptions) => {
      const { monitor } = await import('../commands/monitor.ts');
      await monitor({ socket: await socketOf(options), values, record }, standardOutput(options.json));
    });
  program
    .command('decode')
    .description('Shows what hvkvp monitor has recorded.')
    .argument('<file>', 'the recording')
    .option('--values', valuesHelp)
    .addOption(jsonOption())
    .action(async (file: string, { values = false, json }: DecodeOptions) => {
      const { decode } = await import('../commands/decode.ts');
      await decode(file, values, standardOutput(json));
    });
  asking('top')
    .description(
      'Shows how the daemon does, anew each second; q ends it. Once, if there is no terminal. As JSON, a status a line until Ctrl-C.',
    )
    .addOption(jsonOption())
    .action(async (options: SocketOptions & JsonOption) => {
      const { top } = await import('../commands/top.ts');
      await top(await socketOf(options), standardOutput(options.json));
    });
  asking('metrics')
    .description('Prints the daemon’s metrics in the text format of Prometheus, for a textfile collector.')
    .addOption(jsonOption())
    .action(async (options: SocketOptions & JsonOption) => {
      const { printMetrics } = await import('../commands/metrics.ts');
      await printMetrics(await socketOf(options), standardOutput(options.json));
    });
}

/** Where the daemon of this configuration listens; "" if nowhere. */
async function socketOf({ socket, ...options }: SocketOptions): Promise<string> {
  return socket ?? (await settingsOf(options)).controlSocket;
}
