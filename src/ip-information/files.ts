import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { below, type Machine } from '../platform/machine.ts';
import { type FileAttributes, removeFile, replaceFile } from './durable-file.ts';
import type { PlannedFile } from './plan.ts';

/** A file as it was before a change, and a mark by which what the change made of it is known again. */
export interface SavedFile {
  readonly path: string;
  /** Null: there was none. */
  readonly former: FormerFile | null;
  /** Of the text that the change writes; null if a command writes it. */
  readonly digest: string | null;
}

export interface FormerFile extends FileAttributes {
  /** One byte a character, so that a file in any encoding comes back as it was. */
  readonly bytes: string;
}

export function saveFile(machine: Machine, { path, text }: PlannedFile): SavedFile {
  return { path, former: readFormer(machine, path), digest: text === undefined ? null : digestOf(bytesOf(text)) };
}

/** Whether a planned file is there already, as it shall be. */
export function isInPlace(machine: Machine, { path, text, mode }: PlannedFile): boolean {
  if (text === undefined) return true;
  const former = readFormer(machine, path);
  return former !== null && former.bytes === bytesOf(text) && (former.mode & ~mode) === 0;
}

/** Writes a planned file. One that was there keeps its owner, and its mode never becomes wider. */
export function writeFile(machine: Machine, { path, text, mode }: PlannedFile): void {
  if (text === undefined) return;
  const former = readFormer(machine, path);
  const attributes = former === null ? { mode } : { ...former, mode: former.mode & mode };
  replaceFile(below(machine, path), Buffer.from(text), attributes);
}

/** Brings back a saved file, unless somebody else has written it since; returns whether it is as it was. */
export function restoreFile(machine: Machine, { path, former, digest }: SavedFile): boolean {
  const now = readFormer(machine, path);
  if (now?.bytes === former?.bytes) return true;
  if (digest !== null && now !== null && digestOf(now.bytes) !== digest) return false;
  if (former === null) removeFile(below(machine, path));
  else replaceFile(below(machine, path), Buffer.from(former.bytes, 'latin1'), former);
  return true;
}

const permissions = 0o777;

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
