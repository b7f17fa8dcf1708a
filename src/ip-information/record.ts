import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { privateModes } from '../platform/private-modes.ts';
import { replaceFile } from './durable-file.ts';
import type { SavedFile } from './files.ts';
import type { Plan } from './plan.ts';

/** What brings the former state back: there from before a change is begun until it is known to be good, or undone. */
export interface ChangeRecord {
  readonly adapter: string;
  readonly backEnd: string;
  readonly saved: readonly SavedFile[];
  readonly undo: Plan['undo'];
}

export function writeRecord(path: string, record: ChangeRecord): void {
  mkdirSync(dirname(path), { recursive: true, mode: privateModes.folder });
  replaceFile(path, Buffer.from(JSON.stringify(record)), { mode: privateModes.file });
}

/** The record of a change that a crash cut short; undefined if there is none. One that cannot be read is put aside: EBADMSG. */
export function readRecord(path: string): ChangeRecord | undefined {
  if (!existsSync(path)) return undefined;
  try {
    // Ours alone: written whole, in a folder and with a mode that let nobody else write it.
    return JSON.parse(readFileSync(path, 'utf8')) as ChangeRecord;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    renameSync(path, `${path}.unreadable`);
    const told = new Error(`EBADMSG: ${path}: ${error.message}, read`, { cause: error });
    throw Object.assign(told, { code: 'EBADMSG', errno: 0, syscall: 'read', path });
  }
}
