import type { PoolFile } from './pool-file.ts';
import { recordSize } from './record.ts';

/** What is read here is compared at once. */
const room = Buffer.alloc(recordSize);

/**
 * Finds out whether a neighbour that takes no locks, as cloud-init once a boot, cut the file off while we wrote to it.
 * A write behind the new end fills the gap with zeros, so the record before our write has become zeros.
 */
export class TruncationGuard {
  readonly #file: PoolFile;
  readonly #offset: number;
  readonly #before: Buffer;

  /** To be made before a write at the offset; takes what has been read already of the record before it. */
  constructor(file: PoolFile, offset: number, recordBefore = readBefore(file, offset, Buffer.alloc(recordSize))) {
    this.#file = file;
    this.#offset = offset;
    this.#before = recordBefore;
  }

  /**
   * Whether the file was cut off below the offset. The zeros, and with them what we wrote, are cut off too, if the file ends
   * where our write did; the gap is then closed as the neighbour wanted it.
   */
  heal(endOfWrite: number): boolean {
    const now = readBefore(this.#file, this.#offset, room);
    if (now.equals(this.#before)) return false;
    if (now.length < this.#before.length) return true;
    if (!isZero(now)) return false;
    let end = this.#offset;
    while (end >= recordSize && isZero(readBefore(this.#file, end, room))) end -= recordSize;
    if (this.#file.size() === endOfWrite) this.#file.truncate(end);
    return true;
  }
}

/** What the file has of the record that ends at an offset; nothing at its start. */
function readBefore(file: PoolFile, offset: number, into: Buffer): Buffer {
  return offset < recordSize ? into.subarray(0, 0) : file.read(into, offset - recordSize);
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}
