import { lstatSync } from 'node:fs';
import { dirname } from 'node:path';

const writeByOthers = 0o002;
const writeByGroup = 0o020;
const sticky = 0o1000;

/**
 * Whether nobody but root can put anything in the place of a path, now or later: it and every folder above it is root's. A folder in
 * which everybody may only remove what is their own does no harm. What is not there yet, we shall make.
 */
export function isRootsOnly(path: string): boolean {
  const status = lstatSync(path, { throwIfNoEntry: false });
  const parent = dirname(path);
  if (status !== undefined) {
    const { mode, uid, gid } = status;
    const isOpen = (mode & writeByOthers) !== 0 || ((mode & writeByGroup) !== 0 && gid !== 0);
    if (uid !== process.geteuid?.() || !status.isDirectory() || (isOpen && (mode & sticky) === 0)) return false;
  }
  return parent === path || isRootsOnly(parent);
}
