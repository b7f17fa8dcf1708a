import {
  assignmentsIn,
  type Extent,
  type RcAssignment,
  type RcFile,
} from '../../../platform/network-managers/rc-conf.ts';
import { fileModes, type Impossible, type PlannedFile } from '../../plan.ts';
import type { Assigned } from '../assignments.ts';

/**
 * Files of rc.conf(5) with other values: each where it is assigned last, in the quotes that are there; what is new at the end of the first
 * file. What goes, goes wherever it is assigned. No other byte changes.
 */
export function editRcFiles(files: readonly RcFile[], wanted: Assigned): readonly PlannedFile[] | Impossible {
  const sites = files.map((file) => ({ file, assignments: assignmentsIn(file.text) }));
  const all = sites.flatMap(({ assignments }) => assignments);
  const last = new Map(all.map((each) => [each.name, each]));
  const unknown = [...wanted.keys()].find((name) => last.has(name) && last.get(name)?.value === undefined);
  if (unknown !== undefined) return { impossible: `${unknown} is computed by a shell: it cannot be edited` };
  const isNew = ([name, value]: readonly [string, string | undefined]): boolean =>
    value !== undefined && !last.has(name);
  return sites.flatMap(({ file, assignments }, index) => {
    const changes = assignments.flatMap((each): readonly Change[] => {
      const value = wanted.get(each.name);
      if (value !== undefined) {
        return last.get(each.name) === each && each.value !== value ? [valueChange(file.text, each, value)] : [];
      }
      return wanted.has(each.name) ? [{ ...each.lines, text: '' }] : [];
    });
    const edited = withChanges(file.text, changes);
    const text = index === 0 ? withLines(edited, [...wanted].filter(isNew)) : edited;
    return text === file.text ? [] : [{ path: file.path, text, mode: fileModes.public }];
  });
}

/** A part of a text, and what comes in its place. */
interface Change extends Extent {
  readonly text: string;
}

function withChanges(text: string, changes: readonly Change[]): string {
  const parts = changes.map(({ start, text: next }, index) => text.slice(changes[index - 1]?.end ?? 0, start) + next);
  return parts.join('') + text.slice(changes.at(-1)?.end ?? 0);
}

function valueChange(text: string, { written }: RcAssignment, value: string): Change {
  const quote = text[written.start] === "'" ? "'" : '"';
  return { ...written, text: quote + value + quote };
}

function withLines(text: string, added: readonly (readonly [string, string | undefined])[]): string {
  const lines = added.map(([name, value = '']) => `${name}="${value}"\n`).join('');
  return text === '' || text.endsWith('\n') || lines === '' ? text + lines : `${text}\n${lines}`;
}
