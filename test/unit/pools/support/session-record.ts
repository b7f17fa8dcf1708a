import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { Journal } from '../../../../src/pools/journal.ts';
import type { Durability } from '../../../../src/pools/journal-entry.ts';
import { PoolFile } from '../../../../src/pools/pool-file.ts';
import { recordSize } from '../../../../src/pools/record.ts';
import { recover, type Recovery } from '../../../../src/pools/recovery.ts';
import { systemDisk } from '../../../../src/pools/disk.ts';
import { contentsOf, type Place, TextPool } from './open-pool.ts';
import { apply, type DiskOperation, RecordingDisk } from './recording-disk.ts';

/** The run of the system that wrote; a power failure begins another one. */
export const bootBefore = 'boot-1';
export const bootAfter = 'boot-2';

/** A crash at this place of the recorded operations must leave one of these contents. */
export interface CrashPoint {
  readonly operations: readonly DiskOperation[];
  readonly allowed: readonly (readonly string[])[];
}

export interface SessionRecord {
  readonly pool: string;
  readonly journal: string;
  readonly before: ReadonlyMap<string, Buffer>;
  /** One after each recorded operation, the last of them when everything was answered. */
  readonly crashPoints: readonly CrashPoint[];
}

/**
 * Makes calls to the guest pool, and records what they do to its file and journal, both of which must exist. What is prepared
 * happens between our last call before and the first of these.
 */
export async function recordSession(
  place: Place,
  durability: Durability,
  calls: readonly ((pool: TextPool) => Promise<unknown>)[],
  prepare: () => void = () => undefined,
): Promise<SessionRecord> {
  const disk = new RecordingDisk((fd) => fstatSync(fd).size);
  const pool = new TextPool(place.openGuest({ durability, disk, boot: bootBefore }));
  await warmUp(pool);
  prepare();
  disk.operations.length = 0;
  const journal = place.journalPath;
  const before = new Map([place.path, journal].map((path) => [path, readFileSync(path)]));
  const crashPoints: CrashPoint[] = [];
  for (const call of calls) {
    const start = disk.operations.length;
    const contentsBefore = contentsOf(place.path);
    await call(pool);
    const contentsAfter = contentsOf(place.path);
    for (let end = start + 1; end < disk.operations.length; end += 1) {
      crashPoints.push({ operations: disk.operations.slice(0, end), allowed: [contentsBefore, contentsAfter] });
    }
    crashPoints.push({ operations: disk.operations.slice(), allowed: [contentsAfter] });
  }
  return { pool: place.path, journal, before, crashPoints };
}

/** Takes care that the journal exists. */
async function warmUp(pool: TextPool): Promise<void> {
  await pool.set('warm-up', '');
  await pool.delete('warm-up');
}

/** The files as they are after the operations, if every one of them has reached the file. */
export function replayed(
  before: ReadonlyMap<string, Buffer>,
  operations: readonly DiskOperation[],
): Map<string, Buffer> {
  const files = new Map(before);
  for (const operation of operations) {
    files.set(operation.path, apply(files.get(operation.path) ?? Buffer.alloc(0), operation));
  }
  return files;
}

/** Puts found bytes into the files as they are, whose inodes the journal knows. */
export function restore(files: ReadonlyMap<string, Buffer>): void {
  for (const [path, bytes] of files) {
    const fd = openSync(path, 'r+');
    writeSync(fd, bytes, 0, bytes.length, 0);
    ftruncateSync(fd, bytes.length);
    closeSync(fd);
  }
}

/** The recovery that opening the pools makes, on files that stay open so that it can be done very often. */
export class Recoverer {
  readonly #file: PoolFile;
  readonly #journal: Journal;
  readonly #options: { readonly boot: string; readonly durability: Durability; readonly place: Place };

  constructor(options: { boot: string; durability: Durability; place: Place; disk?: RecordingDisk }) {
    const { place, durability, boot, disk = systemDisk } = options;
    this.#options = options;
    const file = PoolFile.open(place.path, disk);
    if (file === undefined) throw new Error('there is no pool file');
    file.openWriter();
    this.#file = file;
    this.#journal = new Journal({ path: place.journalPath, disk, durability, boot, need: 'required' });
  }

  recover(): Recovery {
    const { boot, durability, place } = this.#options;
    const edited = {
      file: this.#file,
      journal: this.#journal,
      disk: systemDisk,
      durability,
      tailPath: `${dirname(place.path)}/tail`,
      room: Buffer.alloc(recordSize + recordSize),
    };
    return recover(edited, boot);
  }

  isPending(): boolean {
    return this.#journal.pending(this.#file.identity.inode) !== undefined;
  }

  close(): void {
    this.#file.close();
    this.#journal.close();
  }
}
