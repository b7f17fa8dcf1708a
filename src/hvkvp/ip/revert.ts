import { trustedWith } from '../../ip-information/record-schema.ts';
import { revert } from '../../ip-information/revert.ts';
import { isRootsOnly } from '../../platform/roots-only.ts';
import { ExitStatus } from '../exit-status.ts';
import { UsageError } from '../failure.ts';
import { writeJson } from '../output.ts';
import type { IpShowOptions } from './show.ts';

/**
 * Takes back what the host has set, of one adapter or of all; status 1 if there is nothing to take back, or not all is as it was.
 * Throws {@link UsageError} where it cannot be done.
 */
export async function ipRevert(adapter: string | undefined, options: IpShowOptions): Promise<ExitStatus> {
  const { platform, machine, settings, output } = options;
  const { stateDirectory, script } = settings;
  if (process.geteuid?.() !== 0) throw new UsageError('only root may change addresses');
  if (!isRootsOnly(stateDirectory)) {
    throw new UsageError(`users other than root can write to ${stateDirectory}, or above it`);
  }
  const warn = (text: string): void => {
    process.stderr.write(`hvkvp: warning: ${text}\n`);
  };
  const result = await revert(adapter, { platform, machine, trusted: trustedWith(script), stateDirectory, warn });
  if ('refusal' in result) throw new UsageError(result.refusal);
  if (output.json) {
    writeJson(
      output,
      result.map(({ trouble, ...rest }) => ({ ...rest, trouble: trouble ?? null })),
    );
  } else {
    if (result.length === 0) {
      output.write(`the host has changed nothing${adapter === undefined ? '' : ` of ${adapter}`}\n`);
    }
    for (const { adapter: name, to, trouble } of result) {
      output.write(
        `${name}: ${trouble === undefined ? 'back to' : `${trouble}, on the way back to`} ${to || 'nothing'}\n`,
      );
    }
  }
  return result.length > 0 && result.every(({ trouble }) => trouble === undefined)
    ? ExitStatus.ok
    : ExitStatus.notFound;
}
