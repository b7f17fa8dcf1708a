import { closeSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { native } from '../../../../src/device/native.ts';
import { systemDisk } from '../../../../src/pools/disk.ts';
import { Journal } from '../../../../src/pools/journal.ts';
import { recordSize } from '../../../../src/pools/record.ts';
import { type Place, record } from './open-pool.ts';

/** A SET by another process of ours, which is killed when it has written down the change, and so much of it into the pool. */
export interface KilledSet {
  readonly slot: number;
  readonly text: readonly [key: string, value: string];
  readonly bytesWritten: number;
  readonly boot: string;
}

/** Returns false if it did not get the locks. */
export function killDuringSet(place: Place, { slot, text, bytesWritten, boot }: KilledSet): boolean {
  const fd = openSync(place.path, 'r+');
  try {
    if (!native.tryLock(fd, 'exclusive')) return false;
    const { ino, size } = statSync(place.path, { bigint: true });
    const journal = new Journal({
      path: place.journalPath,
      need: 'required',
      disk: systemDisk,
      durability: 'memory',
      boot,
    });
    // Those before it had not begun either.
    if (journal.pending(ino) !== undefined) journal.done();
    const offset = slot * recordSize;
    const before = readFileSync(place.path).subarray(offset, offset + recordSize);
    const after = record(...text);
    journal.write({ kind: 'overwrite', offset, before, after }, ino, Number(size));
    if (bytesWritten > 0) writeSync(fd, after, 0, bytesWritten, offset);
    journal.close();
    native.unlock(fd);
    return true;
  } finally {
    closeSync(fd);
  }
}
