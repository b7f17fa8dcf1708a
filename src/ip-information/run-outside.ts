import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from '../platform/machine.ts';
import type { CommandResult } from '../platform/run-command.ts';

/** For systemd to start it and to report its end. */
const graceMs = 1000;

/**
 * Runs a network manager's command as an administrator's shell or the boot would: where systemd has put us into a service, in one of
 * its own, without our limits, so that hooks write and DHCP clients become who they please. A client that it starts goes on after it.
 */
export async function runOutside(
  program: string,
  args: readonly string[],
  timeoutMs: number,
  machine: Machine,
  isService = isConfined(machine),
): Promise<CommandResult> {
  if (!isService) return await machine.run(program, args, { timeoutMs });
  // By systemd's private socket, which gives no streams back but is there without D-Bus.
  const folder = mkdtempSync('/run/hyperv-kvp-');
  const errorFile = join(folder, 'errors');
  const properties = [
    ...['DefaultDependencies=no', 'KillMode=process', `StandardError=file:${errorFile}`],
    `TimeoutStartSec=${Math.ceil(timeoutMs / 1000)}`,
  ];
  try {
    const words = [
      ...['--quiet', '--collect', '--service-type=oneshot', '--setenv=LC_ALL=C.UTF-8'],
      ...properties.map((property) => `--property=${property}`),
      ...['--', program, ...args],
    ];
    const result = await machine.run('systemd-run', words, { timeoutMs: timeoutMs + graceMs });
    const said = existsSync(errorFile) ? readFileSync(errorFile, 'utf8') : '';
    return { ...result, errors: said === '' && result.status !== 0 ? result.errors : said };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isConfined({ root }: Machine): boolean {
  const isService = process.env['INVOCATION_ID'] !== undefined;
  return root === '/' && isService && process.geteuid?.() === 0 && existsSync('/run/systemd/system');
}
