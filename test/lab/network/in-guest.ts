import { join, resolve } from 'node:path';
import { readFile } from 'node:fs/promises';
import { runMachine } from '../guest/machine/machine.ts';
import { checkout } from './environment/environment.ts';
import { quoted } from './environment/guest-shell.ts';
import { cacheFolder } from './environment/tree.ts';
import { readScenario } from './scenario/read.ts';
import { treeOf } from './scenario/tree-of.ts';

/** What this machine's kernel may lack. */
const modules = 'veth overlay bridge dummy 8021q bonding vrf team team_mode_activebackup';

/** Two nanoseconds an instruction: a processor of some years ago. */
const pace = 1;
const bootMs = 120_000;
const scenarioMs = 1_800_000;

/**
 * Plays scenarios by Debian's kernel: in a virtual machine that has the files of this one and runs this program, with these options.
 * Returns its status.
 */
export async function playInGuest(
  files: readonly string[],
  options: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  // There is no network in there.
  for (const file of files) await treeOf(readScenario(await readFile(file, 'utf8')));
  const words = [
    join(import.meta.dirname, 'run.js'),
    ...options,
    ...files.flatMap((file) => ['--scenario', resolve(file)]),
  ];
  const command = `cd ${quoted(checkout)} && exec node ${words.map(quoted).join(' ')}`;
  const guest = {
    script: 'namespaces',
    environment: { MODULES: modules, HYPERV_KVP_NETWORK_LAB: cacheFolder },
    processor: 'max',
    module: join(checkout, 'test/lab/network/cables'),
    pace,
    devices: [],
    parameters: [],
  } as const;
  const timeoutMs = bootMs + files.length * scenarioMs;
  return await runMachine(command, guest, { output: process.stdout, timeoutMs, signal });
}
