import type { PoolFile } from './pool-file.ts';
import { recordSize } from './record.ts';

/**
 * Finds out whether a neighbour that takes no locks, as cloud-init once a boot, cut the file off while we wrote to it.
 * A write behind the new end fills the gap with zeros, so the record before our write has become zeros.
 */
export class TruncationGuard {
  readonly #file: PoolFile;
  readonly #offset: number;
  readonly #before: Buffer;

  /** To be made before a write at the offset. */
  constructor(file: PoolFile, offset: number) {
    this.#file = file;
    this.#offset = offset;
    this.#before = this.#recordBefore(offset);
  }

  /**
   * Whether the file was cut off below the offset. The zeros, and with them what we wrote, are cut off too, if the file ends
   * where our write did; the gap is then closed as the neighbour wanted it.
   */
  heal(endOfWrite: number): boolean {
    const now = this.#recordBefore(this.#offset);
    if (now.equals(this.#before)) return false;
    if (now.length < this.#before.length) return true;
    if (!isZero(now)) return false;
    let end = this.#offset;
    while (end >= recordSize && isZero(this.#recordBefore(end))) end -= recordSize;
    if (this.#file.size() === endOfWrite) this.#file.truncate(end);
    return true;
  }

  #recordBefore(offset: number): Buffer {
    if (offset < recordSize) return Buffer.alloc(0);
    return this.#file.read(Buffer.alloc(recordSize), offset - recordSize);
  }
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}
