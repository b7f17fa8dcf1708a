import { existsSync, statSync } from 'node:fs';
import { readForeignFile } from '../platform/foreign-file.ts';
import { below, type Machine } from '../platform/machine.ts';
import { type FileAttributes, removeFile, replaceFile } from './durable-file.ts';
import type { PlannedFile } from './plan.ts';
import { newHash } from '../platform/new-hash.ts';

/** A file as it was before a change, and a mark by which what the change made of it is known again. */
export interface SavedFile {
  readonly path: string;
  /** Null: there was none. */
  readonly former: FormerFile | null;
  /** Of the text that the change writes, "" if it removes the file; null if a command writes it. */
  readonly digest: string | null;
}

export interface FormerFile extends FileAttributes {
  /** One byte a character, so that a file in any encoding comes back as it was. */
  readonly bytes: string;
}

export function saveFile(machine: Machine, { path, text }: PlannedFile): SavedFile {
  return { path, former: readFormer(machine, path), digest: text === undefined ? null : digestOf(text) };
}

/** Whether a planned file is there already, as it shall be. */
export function isInPlace(machine: Machine, { path, text, mode }: PlannedFile): boolean {
  if (text === undefined) return true;
  const former = readFormer(machine, path);
  if (former === null || text === null) return former === text;
  return former.bytes === text && (former.mode & ~mode) === 0;
}

/** Writes a planned file, or removes it. One that was there keeps its owner, and its mode never becomes wider. */
export function writeFile(machine: Machine, { path, text, mode }: PlannedFile): void {
  if (text === undefined) return;
  if (text === null) {
    if (existsSync(below(machine, path))) removeFile(below(machine, path));
    return;
  }
  const former = readFormer(machine, path);
  const attributes = former === null ? { mode } : { ...former, mode: former.mode & mode };
  replaceFile(below(machine, path), Buffer.from(text, 'latin1'), attributes);
}

/** Whether a file is as it was when it was saved. */
export function isStill(machine: Machine, { path, former }: SavedFile): boolean {
  return readFormer(machine, path)?.bytes === former?.bytes;
}

/** Brings back a saved file, unless somebody else has written it since; returns whether it is as it was. */
export function restoreFile(machine: Machine, { path, former, digest }: SavedFile): boolean {
  if (isStill(machine, { path, former, digest })) return true;
  const now = readFormer(machine, path);
  if (digest !== null && now !== null && digestOf(now.bytes) !== digest) return false;
  if (former === null) removeFile(below(machine, path));
  else replaceFile(below(machine, path), Buffer.from(former.bytes, 'latin1'), former);
  return true;
}

const permissions = 0o777;

export function readFormer(machine: Machine, path: string): FormerFile | null {
  const file = below(machine, path);
  if (!existsSync(file)) return null;
  const { mode, uid, gid } = statSync(file);
  return { bytes: readForeignFile(file).toString('latin1'), mode: mode & permissions, owner: uid, group: gid };
}

/** "" for no file. */
export function digestOf(bytes: string | null): string {
  return bytes === null ? '' : newHash('sha256').update(bytes, 'latin1').digest('hex');
}
