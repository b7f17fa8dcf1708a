import type { Settings } from '../../configuration/settings.ts';
import { version } from '../../configuration/version.ts';
import { askStatus } from '../../control/client.ts';
import { poolNumbers } from '../../message/pool.ts';
import { type DiagnosticCommand, diagnosticCommands } from '../../platform/diagnostics.ts';
import { hyperV } from '../../platform/hyper-v.ts';
import type { Machine } from '../../platform/machine.ts';
import { readInForce } from '../daemon/config.ts';
import { doctor } from '../doctor/doctor.ts';
import { ipShow } from '../ip/show.ts';
import type { Output } from '../output.ts';
import { info } from '../pools/info.ts';

/** One file of a diagnosis. */
export interface Source {
  readonly file: string;
  readonly about: string;
  /** What is in it, and why it is not whole; "" if it is. */
  readonly read: () => Promise<{ readonly text: string; readonly trouble: string }>;
}

export interface Surroundings {
  readonly settings: Settings;
  readonly machine: Machine;
  /** Why the settings are the defaults and not what the configuration says; "" if they are. */
  readonly configurationTrouble: string;
}

/** All that a report of a mistake needs, each by itself: no key and no value of a pool. */
export function sourcesOf({ settings, machine, configurationTrouble }: Surroundings): readonly Source[] {
  const { platform, injection, report, pools } = settings;
  const own = (file: string, about: string, write: (output: Output) => Promise<unknown>): Source => ({
    file,
    about,
    read: async () => ({ text: await written(write, file.endsWith('.json')), trouble: '' }),
  });
  return [
    own('doctor.txt', 'what hvkvp doctor finds', (output) =>
      doctor({ machine, settings, configurationTrouble, output }),
    ),
    own('status.json', 'hvkvp status', async (output) => {
      output.write(inLines(await askStatus({ path: settings.controlSocket })));
    }),
    own('config.json', 'hvkvp config, without the texts of [report.keys]', async (output) => {
      output.write(inLines(await readInForce(settings, false, () => undefined)));
    }),
    own('pools.json', 'hvkvp info: sizes, modes and damage of the pools, no key and no value', (output) =>
      info(poolNumbers, pools, output, platform.system),
    ),
    own('system.json', 'versions, hypervisor, driver, device and services', async (output) => {
      output.write(inLines(await readSystem(settings, machine)));
    }),
    own('network/adapters.txt', 'hvkvp ip show: adapters, addresses, and who manages them', (output) =>
      ipShow({ platform, machine, settings: injection, report, output }),
    ),
    ...diagnosticCommands(platform.system).map((command) => sourceOf(command, machine)),
  ];
}

function sourceOf({ file, about, program, args }: DiagnosticCommand, machine: Machine): Source {
  const words = [program, ...args].join(' ');
  return {
    file,
    about: `${about}: ${words}`,
    async read() {
      const { status, output, errors } = await machine.run(program, args);
      const trouble = status === undefined ? errors : `it ended with status ${status}`;
      return { text: `${output}${errors}`, trouble: status === 0 ? '' : trouble.trim() };
    },
  };
}

async function readSystem({ platform, device }: Settings, machine: Machine): Promise<unknown> {
  const seen = hyperV(platform.system, machine);
  return {
    version,
    node: process.version,
    uid: process.geteuid?.(),
    kernel: machine.kernel(),
    distribution: await platform.readDistribution(),
    hypervisor: await seen.readHypervisor(),
    driver: await seen.readDriver(),
    offered: await seen.readOffer(),
    device: { path: device, state: seen.probeDevice(device), ...(await seen.readHolders(device)) },
    daemons: await seen.readDaemons(),
    services: (await seen.readServices()) ?? null,
  };
}

async function written(write: (output: Output) => Promise<unknown>, json: boolean): Promise<string> {
  const texts: string[] = [];
  const output: Output = {
    ...{ isTerminal: false, hasColours: false, width: 0, json },
    write: (text) => {
      texts.push(text.toString());
    },
  };
  await write(output);
  return texts.join('');
}

function inLines(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
