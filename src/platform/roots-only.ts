import { lstatSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';

const writeByOthers = 0o002;
const writeByGroup = 0o020;
const sticky = 0o1000;

/**
 * Whether nobody but root, or whoever we are, can put anything into a folder or in its place, now or later. Above it, a folder in
 * which everybody may only remove what is their own does no harm. What is not there yet, we shall make.
 */
export function isRootsOnly(folder: string): boolean {
  const status = lstatSync(folder, { throwIfNoEntry: false });
  const owners = [0, process.geteuid?.()];
  if (status !== undefined && (!isFolderOf(owners, status) || isOpen(status))) return false;
  return isHeldBy(owners, dirname(folder));
}

/** Whether what these users put into a folder, or above it, nobody else can replace. */
export function isHeldBy(owners: readonly (number | undefined)[], path: string): boolean {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status !== undefined && (!isFolderOf(owners, status) || (isOpen(status) && (status.mode & sticky) === 0))) {
    return false;
  }
  const parent = dirname(path);
  return parent === path || isHeldBy(owners, parent);
}

function isFolderOf(owners: readonly (number | undefined)[], status: Stats): boolean {
  return status.isDirectory() && owners.includes(status.uid);
}

function isOpen({ mode, gid }: Stats): boolean {
  return (mode & writeByOthers) !== 0 || ((mode & writeByGroup) !== 0 && gid !== 0);
}
