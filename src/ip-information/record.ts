import { renameSync } from 'node:fs';
import * as v from 'valibot';
import { makeSystemError } from '../device/system-error.ts';
import { parseJson } from '../message/json.ts';
import { readOwn } from './durable-file.ts';
import type { SavedFile } from './files.ts';
import type { Plan } from './plan.ts';
import type { AdapterState } from './state.ts';
import { recordSchema, type Trusted } from './record-schema.ts';

/** What brings the former state back: there from before a change is begun until it is known to be good, or undone. */
export interface ChangeRecord {
  readonly adapter: string;
  readonly backEnd: string;
  readonly saved: readonly SavedFile[];
  /** What the adapter had. */
  readonly former: AdapterState;
  readonly undo: Plan['undo'];
}

/**
 * The record of a change that a crash cut short; undefined if there is none. What is in it is done with our rights: one that is not a
 * file of our own, under one name and closed to others, or that has not the form and the content of ours, is put aside: EBADMSG.
 */
export function readRecord(path: string, trusted: Trusted): ChangeRecord | undefined {
  return readTrusted(path, recordSchema(trusted));
}

/** The same for what has another form. */
export function readTrusted<T>(path: string, schema: v.GenericSchema<unknown, T>): T | undefined {
  const text = readOwn(path);
  if (text === undefined) return undefined;
  const result = v.safeParse(schema, parseJson(text));
  if (result.success) return result.output;
  renameSync(path, `${path}.unreadable`);
  throw Object.assign(makeSystemError('EBADMSG', 'read', `${path} is not a valid record: moved aside`), { path });
}
