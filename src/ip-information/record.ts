import { closeSync, constants, fstatSync, mkdirSync, openSync, readFileSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeSystemError, isSystemError } from '../device/system-error.ts';
import { privateModes } from '../platform/private-modes.ts';
import { replaceFile } from './durable-file.ts';
import type { SavedFile } from './files.ts';
import type { Plan } from './plan.ts';
import type { AdapterState } from './state.ts';
import { parseRecord, type Trusted } from './record-schema.ts';

/** What brings the former state back: there from before a change is begun until it is known to be good, or undone. */
export interface ChangeRecord {
  readonly adapter: string;
  readonly backEnd: string;
  readonly saved: readonly SavedFile[];
  /** What the adapter had. */
  readonly former: AdapterState;
  readonly undo: Plan['undo'];
}

export function writeRecord(path: string, record: ChangeRecord): void {
  mkdirSync(dirname(path), { recursive: true, mode: privateModes.folder });
  replaceFile(path, Buffer.from(JSON.stringify(record)), { mode: privateModes.file });
}

/**
 * The record of a change that a crash cut short; undefined if there is none. What is in it is done with our rights: one that is not a
 * file of our own, under one name and closed to others, or that has not the form and the content of ours, is put aside: EBADMSG.
 */
export function readRecord(path: string, trusted: Trusted): ChangeRecord | undefined {
  return readTrusted(path, (text) => parseRecord(text, trusted));
}

export function readTrusted<T>(path: string, parse: (text: string) => T | undefined): T | undefined {
  const text = readOwn(path);
  if (text === undefined) return undefined;
  const record = text === '' ? undefined : parse(text);
  if (record !== undefined) return record;
  renameSync(path, `${path}.unreadable`);
  throw Object.assign(makeSystemError('EBADMSG', 'read', `${path} is not a valid record: moved aside`), { path });
}

const writeByOthers = 0o022;

/** The text of a file of our own; "" for one that is not, undefined if there is none. */
export function readOwn(path: string): string | undefined {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'ENOENT') return undefined;
    // A symbolic link.
    if (error.code === 'ELOOP' || error.code === 'EMLINK') return '';
    throw error;
  }
  try {
    const status = fstatSync(fd);
    const isOwn = status.isFile() && status.nlink === 1 && status.uid === process.geteuid?.();
    return isOwn && (status.mode & writeByOthers) === 0 ? readFileSync(fd, 'utf8') : '';
  } finally {
    closeSync(fd);
  }
}
