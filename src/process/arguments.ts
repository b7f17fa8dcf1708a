import { resolve } from 'node:path';
import type { Overrides } from '../configuration/settings.ts';
import type { System } from '../message/dialect.ts';
import { isWholeText } from '../message/whole-text.ts';

// Not imported, as in system-error.ts.
const { parseArgs } = process.getBuiltinModule('node:util');

/** What the command line says; undefined where it says nothing. */
export interface Arguments extends Overrides {
  readonly foreground: boolean;
  readonly debug: boolean;
  readonly checkConfiguration: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

export const usage = `Usage: hv_kvp_daemon [options]

Exchanges key-value pairs between this guest and its Hyper-V host.

  -n, --no-daemon            stay in the foreground and log to standard error
  -d, --debug                log every request and reply, values included
      --config FILE          configuration (default: the system's, if it exists)
      --device PATH          the driver's device
      --pool-dir DIR         where the five pool files are
      --state-dir DIR        where the journals are
      --control-socket PATH  where hvkvp asks for the status of the daemon; "" for none
      --check-config         check the configuration and exit
  -h, --help                 show this text
      --version              show the version
`;

/** A command line that cannot be used. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Reads the command line. Throws {@link UsageError}. */
export function parseArguments(words: readonly string[]): Arguments {
  const { values } = parse(words);
  return {
    foreground: values['no-daemon'],
    debug: values.debug,
    checkConfiguration: values['check-config'],
    help: values.help,
    version: values.version,
    configuration: fromHere('--config', values.config),
    device: fromHere('--device', values.device),
    poolDirectory: fromHere('--pool-dir', values['pool-dir']),
    stateDirectory: fromHere('--state-dir', values['state-dir']),
    controlSocket: fromHere('--control-socket', values['control-socket']),
    system: systemNamed(values.platform),
  };
}

/** The programs leave the folder in which they were started. */
function fromHere(option: string, path: string | undefined): string | undefined {
  if (path !== undefined && !isWholeText(path)) throw new UsageError(`the path of ${option} is not valid UTF-8`);
  return path === undefined || path === '' ? path : resolve(path);
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        'no-daemon': { type: 'boolean', short: 'n', default: false },
        debug: { type: 'boolean', short: 'd', default: false },
        'check-config': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        version: { type: 'boolean', default: false },
        config: { type: 'string' },
        device: { type: 'string' },
        'pool-dir': { type: 'string' },
        'state-dir': { type: 'string' },
        'control-socket': { type: 'string' },
        // Hidden: lets tests on one system drive the other's branch.
        platform: { type: 'string', default: process.platform },
      },
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(error.message, { cause: error });
  }
}

function systemNamed(name: string): System {
  if (name === 'linux' || name === 'freebsd') return name;
  throw new UsageError(`unsupported platform '${name}'`);
}
