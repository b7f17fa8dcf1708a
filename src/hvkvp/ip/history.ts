import { type PastChange, readHistory } from '../../ip-information/history.ts';
import { changePaths } from '../../ip-information/change-paths.ts';
import { trustedWith } from '../../ip-information/record-schema.ts';
import { type Output, writeJson } from '../output.ts';
import type { IpShowOptions } from './show.ts';

/** Prints what the host has set, the latest last. Throws a system error if that cannot be read. */
export function ipHistory({ settings, output }: IpShowOptions): void {
  const changes = readHistory(changePaths(settings.stateDirectory).history, trustedWith(settings.script));
  if (output.json) writeJson(output, changes.map(jsonOf));
  else write(changes, output);
}

function jsonOf({ at, adapter, backEnd, from, to, files, reverted }: PastChange): object {
  return { at, adapter, back_end: backEnd, from, to, files, reverted: reverted ?? null };
}

function write(changes: readonly PastChange[], output: Output): void {
  if (changes.length === 0) output.write('the host has changed nothing\n');
  for (const { at, adapter, backEnd, from, to, files, reverted } of changes) {
    output.write(`${at}  ${adapter}, by ${backEnd}${reverted === undefined ? '' : `, reverted ${reverted}`}\n`);
    output.write(`  from   ${from || 'nothing'}\n  to     ${to}\n`);
    for (const path of files) output.write(`  file   ${path}\n`);
  }
}
