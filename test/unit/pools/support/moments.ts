import { fstatSync } from 'node:fs';
import { expect, onTestFinished } from 'vitest';
import type { Durability } from '../../../../src/pools/journal-entry.ts';
import { type Place, textsOf } from './open-pool.ts';
import { type DiskOperation, RecordingDisk } from './recording-disk.ts';
import { bootBefore, Recoverer, replayed, type SessionRecord } from './session-record.ts';

const sectorSize = 512;

export interface Moment {
  readonly files: Map<string, Buffer>;
  readonly allowed: readonly (readonly string[])[];
}

/** The files between any two operations, and in the middle of each write at every sector. */
export function moments({ pool, before, crashPoints }: SessionRecord, cutAt = sectorSize): Moment[] {
  return crashPoints.flatMap(({ operations, allowed }, index) => {
    const last = operations.at(-1);
    const made = operations.slice(0, -1);
    const partly: DiskOperation[][] = [made];
    if (last?.kind === 'write') {
      for (let cut = cutAt; cut < last.bytes.length; cut += cutAt) {
        partly.push([...made, { ...last, bytes: last.bytes.subarray(0, cut) }]);
      }
    }
    // Before its last operation a call is not answered.
    const allowedBefore = crashPoints[index - 1]?.allowed ?? [textsOf(before.get(pool) ?? Buffer.alloc(0))];
    return [
      ...partly.map((each) => ({ files: replayed(before, each), allowed: [...allowedBefore, ...allowed] })),
      { files: replayed(before, operations), allowed },
    ];
  });
}

/** Recovers in the same run of the system, and returns what that did. */
export function recovery(place: Place, durability: Durability): () => readonly DiskOperation[] {
  const disk = new RecordingDisk((fd) => fstatSync(fd).size);
  const recoverer = new Recoverer({ boot: bootBefore, durability, place, disk });
  onTestFinished(() => {
    recoverer.close();
  });
  return () => {
    disk.operations.length = 0;
    recoverer.recover();
    expect(recoverer.isPending()).toBe(false);
    return disk.operations.slice();
  };
}
