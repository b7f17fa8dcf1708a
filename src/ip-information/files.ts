import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { below, type Machine } from '../platform/machine.ts';
import type { PlannedFile } from './plan.ts';

/** A file as it was before a change, and a mark by which what the change made of it is known again. */
export interface SavedFile {
  readonly path: string;
  /** Null: there was none. */
  readonly former: FormerFile | null;
  /** Of the text that the change writes; null if a command writes it. */
  readonly digest: string | null;
}

export interface FormerFile {
  /** One byte a character, so that a file in any encoding comes back as it was. */
  readonly bytes: string;
  readonly mode: number;
  readonly owner: number;
  readonly group: number;
}

const permissions = 0o777;

export function saveFile(machine: Machine, { path, text }: PlannedFile): SavedFile {
  return { path, former: readFormer(machine, path), digest: text === undefined ? null : digestOf(bytesOf(text)) };
}

/** Whether a planned file is there already, as it shall be. */
export function isInPlace(machine: Machine, { path, text, mode }: PlannedFile): boolean {
  if (text === undefined) return true;
  const former = readFormer(machine, path);
  return former !== null && former.bytes === bytesOf(text) && (former.mode & ~mode) === 0;
}

/**
 * Puts a file in its place at once: who reads it sees the former or the new one, and so does the next start after a power
 * failure. A file that was there keeps its owner, and its mode never becomes wider.
 */
export function writeFile(machine: Machine, { path, text, mode }: PlannedFile): void {
  if (text === undefined) return;
  const former = readFormer(machine, path);
  const bytes = bytesOf(text);
  replace(machine, path, former === null ? { bytes, mode } : { ...former, bytes, mode: former.mode & mode });
}

/** Brings back a saved file, unless somebody else has written it since; returns whether it is as it was. */
export function restoreFile(machine: Machine, { path, former, digest }: SavedFile): boolean {
  const now = readFormer(machine, path);
  if (now?.bytes === former?.bytes) return true;
  if (digest !== null && now !== null && digestOf(now.bytes) !== digest) return false;
  if (former !== null) {
    replace(machine, path, former);
  } else {
    rmSync(below(machine, path), { force: true });
    syncFolder(dirname(below(machine, path)));
  }
  return true;
}

type NewFile = Pick<FormerFile, 'bytes' | 'mode'> & Partial<FormerFile>;

function replace(machine: Machine, path: string, file: NewFile): void {
  const named = below(machine, path);
  const target = existsSync(named) ? realpathSync(named) : named;
  const folder = dirname(target);
  mkdirSync(folder, { recursive: true });
  const temporary = join(folder, `.${basename(target)}.hyperv-kvp`);
  rmSync(temporary, { force: true });
  writeNew(temporary, file);
  renameSync(temporary, target);
  syncFolder(folder);
}

function writeNew(path: string, { bytes, mode, owner, group }: NewFile): void {
  const fd = openSync(path, 'wx', mode);
  try {
    if (owner !== undefined && group !== undefined) fchownSync(fd, owner, group);
    fchmodSync(fd, mode);
    writeFileSync(fd, bytes, 'latin1');
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function readFormer(machine: Machine, path: string): FormerFile | null {
  const file = below(machine, path);
  if (!existsSync(file)) return null;
  const { mode, uid, gid } = statSync(file);
  return { bytes: readFileSync(file, 'latin1'), mode: mode & permissions, owner: uid, group: gid };
}

function bytesOf(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function digestOf(bytes: string): string {
  return createHash('sha256').update(bytes, 'latin1').digest('hex');
}

function syncFolder(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
