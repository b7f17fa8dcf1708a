import * as v from 'valibot';
import type { Machine } from '../platform/machine.ts';
import { writePrivately } from './durable-file.ts';
import { digestOf, readFormer, type SavedFile } from './files.ts';
import { savedSchema, type Trusted } from './record-schema.ts';
import { readTrusted } from './record.ts';

export interface Keeping {
  readonly machine: Machine;
  readonly trusted: Trusted;
}

/**
 * Keeps the files of a change that was made as they were before it; of a file that was as an earlier change had left it, what is kept
 * already stays.
 */
export function keepOriginals(path: string, before: readonly SavedFile[], keeping: Keeping): void {
  const kept = new Map(readOriginals(path, keeping).map((file) => [file.path, file]));
  for (const file of before) {
    const earlier = kept.get(file.path);
    const isAsWeLeftIt = earlier?.digest === digestOf(file.former?.bytes ?? null);
    kept.set(file.path, {
      path: file.path,
      former: earlier !== undefined && isAsWeLeftIt ? earlier.former : file.former,
      digest: digestNow(keeping.machine, file.path),
    });
  }
  writePrivately(path, [...kept.values()]);
}

/** Of files that have been given back nothing is kept any more. */
export function forgetOriginals(path: string, given: readonly SavedFile[], keeping: Keeping): void {
  const paths = given.map((file) => file.path);
  if (paths.length === 0) return;
  writePrivately(
    path,
    readOriginals(path, keeping).filter((file) => !paths.includes(file.path)),
  );
}

/** The files that can be given back: those that nobody else has written or removed since. */
export function originalsOf(path: string, keeping: Keeping): readonly SavedFile[] {
  return readOriginals(path, keeping).filter((file) => digestNow(keeping.machine, file.path) === file.digest);
}

function readOriginals(path: string, { trusted }: Keeping): readonly SavedFile[] {
  return readTrusted(path, v.array(savedSchema(trusted))) ?? [];
}

function digestNow(machine: Machine, path: string): string {
  return digestOf(readFormer(machine, path)?.bytes ?? null);
}
