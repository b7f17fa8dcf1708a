import { type Machine, readBytes } from '../../../platform/machine.ts';
import { mainFile } from '../../../platform/network-managers/ifupdown/interfaces.ts';
import { fileModes, type Impossible, type PlannedFile } from '../../plan.ts';

/** What tiny-cloud on Alpine puts at the head of the file that it assembles, again with each adapter that comes, at a start too. */
const mark = /^# NOTE: .*assemble-interfaces rewrites this file\./m;

/** Files of a plan with the adapter's part in interfaces.d that goes with the main file, where that is assembled of such parts. */
export function withPart(
  files: readonly PlannedFile[],
  former: string,
  name: string,
  machine: Machine,
): readonly PlannedFile[] | Impossible {
  const next = files.find(({ path }) => path === mainFile)?.text ?? undefined;
  if (next === undefined || !mark.test(former)) return files;
  const path = `${mainFile}.d/${name}`;
  const part = readBytes(machine, path) ?? '';
  const body = part.replace(/\n+$/, '');
  const start = former.indexOf(body);
  const [before, after] = [former.slice(0, start), former.slice(start + body.length)];
  const isThere = body !== '' && start >= 0 && next.startsWith(before) && next.endsWith(after);
  if (!isThere) return { impossible: `assemble-interfaces writes ${mainFile} again, in which ${path} is not as it is` };
  const text = next.slice(start, next.length - after.length) + part.slice(body.length);
  return [...files, { path, text, mode: fileModes.public }];
}
