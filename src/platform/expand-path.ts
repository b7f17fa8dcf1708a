import { matchesGlob } from './glob.ts';
import { listFolder, type Machine } from './machine.ts';

/** The paths that a pattern of the shell stands for, sorted; a path without wildcards stands for itself. */
export function expandPath(machine: Machine, pattern: string): readonly string[] {
  const parts = pattern.split('/').filter((part) => part !== '');
  return parts.reduce<readonly string[]>(
    (folders, part) => folders.flatMap((folder) => inFolder(machine, folder, part)),
    [''],
  );
}

const wildcard = /[*?[]/;

function inFolder(machine: Machine, folder: string, part: string): readonly string[] {
  if (!wildcard.test(part)) return [`${folder}/${part}`];
  return listFolder(machine, folder || '/')
    .filter((name) => (part.startsWith('.') || !name.startsWith('.')) && matchesGlob(name, part))
    .map((name) => `${folder}/${name}`);
}
