import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { bootSystem, machineFiles } from '../guest/machine/boot-system.ts';
import { checkout } from '../guest/machine/folders.ts';
import type { Tally } from '../guest/checks/outcomes.ts';
import { contentOf } from './content.ts';
import { confinements, type Scenario } from './scenario.ts';
import { makeImage } from './system/image.ts';
import { debianTree, type Release } from './system/release.ts';

export interface GuestOptions {
  readonly release: Release;
  readonly scenario: Scenario;
  /** The file of ours. */
  readonly file: string;
  readonly idleSeconds: number;
  /** Runs in the guest instead of the checks. */
  readonly command?: string | undefined;
  readonly signal: AbortSignal;
}

/** The emulated processor may be a tenth of a busy machine’s. */
const timeoutMs = 3_600_000;

/** Boots a guest, has the checks of a scenario made there, and returns their count; prints at the end what they have printed. */
export async function runGuest(options: GuestOptions): Promise<Tally> {
  const printed = [`\n${options.release.name}, ${options.scenario}`];
  try {
    return await runChecks(options, (line) => printed.push(line));
  } finally {
    console.log(printed.join('\n'));
  }
}

async function runChecks(options: GuestOptions, print: (line: string) => void): Promise<Tally> {
  const { release, scenario, file, idleSeconds, signal } = options;
  const { installed, files } = await contentOf(release, scenario, file);
  const image = await makeImage(release, scenario, installed);

  let tally: Tally | undefined;
  const output = new PassThrough();
  const lines = createInterface(output);
  lines.on('line', (line) => {
    const closing = /^(\d+) passed, (\d+) failed$/.exec(line);
    if (closing) tally = { passed: Number(closing[1]), failed: Number(closing[2]) };
    else print(line);
  });
  await bootSystem(options.command ?? checksOf(scenario), {
    image,
    isHyperV: scenario !== 'elsewhere',
    parameters: confinements[scenario]?.parameters ?? [],
    environment: {
      ...Object.fromEntries(Object.entries(files).map(([name, path]) => [name, `${machineFiles}${path}`])),
      STOCK_PACKAGE: `${machineFiles}${await stockPackage(release)}`,
      TRANSCRIPT: `${machineFiles}${join(checkout, 'docs/first-run.md')}`,
      IDLE_SECONDS: String(idleSeconds),
    },
    output,
    timeoutMs,
    signal,
  });
  const read = once(lines, 'close');
  output.end();
  await read;
  if (options.command === undefined && tally === undefined) throw new Error('the checks did not come to their end');
  return tally ?? { passed: 0, failed: 0 };
}

/** Node and the checks come from this machine. */
function checksOf(scenario: Scenario): string {
  const checks = join(import.meta.dirname, 'checks/main.js');
  return `${machineFiles}${process.execPath} ${machineFiles}${checks} ${scenario}`;
}

async function stockPackage(release: Release): Promise<string> {
  const archives = join(await debianTree(release), 'var/cache/apt/archives');
  const name = (await readdir(archives)).find((file) => file.startsWith('hyperv-daemons_'));
  if (name === undefined) throw new Error(`${archives} has no hyperv-daemons`);
  return join(archives, name);
}
