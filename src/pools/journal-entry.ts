import { checksum } from '../message/checksum.ts';
import type { Field } from '../message/field.ts';
import { readBytes } from '../message/fixed-text.ts';
import type { Change } from './change.ts';

/** How far an answered change is safe: from a power failure too, or from the end of our process only. */
export type Durability = 'disk' | 'memory';

/** A change that was about to be made, as the journal keeps it. */
export interface JournalEntry {
  /** Counts up with every entry of a journal; the highest one is the latest. */
  readonly sequence: number;
  /** Which run of the system wrote the entry; "" where that is unknown. */
  readonly boot: string;
  readonly durability: Durability;
  /** Of the pool file. */
  readonly inode: bigint;
  /** Of the pool file, in bytes, before the change. */
  readonly size: number;
  readonly change: Change;
}

/** What a header says by itself; {@link decodeEntry} checks whether the images behind it are complete. */
export interface EntryHeader {
  readonly live: boolean;
  readonly sequence: number;
  /** Bytes of the images behind the header. */
  readonly imagesSize: number;
}

/** One sector: a power failure leaves it old or new but for the sector that is being written, which the checksum finds. */
export const headerSize = 512;

/** Where an entry says that it is live; one byte, so that no failure leaves it half written. Not part of the checksum. */
export const stateOffset = 0;
export const doneState = 0;
const liveState = 1;

const noBytes = Buffer.alloc(0);
const magic = Buffer.from('KVPJRNL1');
const layout = {
  magic: { offset: 8, size: magic.length },
  headerChecksum: { offset: 16, size: 4 },
  imagesChecksum: { offset: 20, size: 4 },
  sequence: { offset: 24, size: 6 },
  inode: { offset: 32, size: 8 },
  fileSize: { offset: 40, size: 6 },
  changeOffset: { offset: 48, size: 6 },
  kind: { offset: 56, size: 4 },
  onDisk: { offset: 60, size: 4 },
  binding: { offset: 64, size: 4 },
  holeLength: { offset: 68, size: 4 },
  firstImage: { offset: 72, size: 4 },
  secondImage: { offset: 76, size: 4 },
  boot: { offset: 80, size: 64 },
} as const satisfies Record<string, Field>;

type Kind = Change['kind'];
const kindNumbers: Readonly<Record<Kind, number>> = { overwrite: 1, append: 2, removal: 3 };
const kinds = new Map(Object.entries(kindNumbers).map(([kind, number]) => [number, kind]));

/** A live entry: the header, then the images. It is made in the room if that is large enough. */
export function encodeEntry(entry: JournalEntry, room = noBytes): Buffer {
  const { change } = entry;
  const [first, second] = imagesOf(change);
  const size = headerSize + first.length + second.length;
  const bytes = room.length < size ? Buffer.alloc(size) : room.subarray(0, size);
  bytes.fill(0, 0, headerSize);
  first.copy(bytes, headerSize);
  second.copy(bytes, headerSize + first.length);
  magic.copy(bytes, layout.magic.offset);
  const put = (field: Field, value: number): void => {
    bytes.writeUIntLE(value, field.offset, field.size);
  };
  put(layout.imagesChecksum, checksum(bytes.subarray(headerSize)));
  put(layout.sequence, entry.sequence);
  bytes.writeBigUInt64LE(entry.inode, layout.inode.offset);
  put(layout.fileSize, entry.size);
  put(layout.changeOffset, change.offset);
  put(layout.kind, kindNumbers[change.kind]);
  put(layout.onDisk, Number(entry.durability === 'disk'));
  put(layout.binding, Number(change.kind === 'removal' && change.binding));
  put(layout.holeLength, change.kind === 'removal' ? change.length : 0);
  put(layout.firstImage, first.length);
  put(layout.secondImage, second.length);
  bytes.write(entry.boot, layout.boot.offset, layout.boot.size);
  put(layout.headerChecksum, headerChecksum(bytes));
  bytes[stateOffset] = liveState;
  return bytes;
}

function imagesOf(change: Change): [Buffer, Buffer] {
  switch (change.kind) {
    case 'overwrite':
      return [change.before, change.after];
    case 'append':
      return [change.after, noBytes];
    case 'removal':
      return [change.bytes, noBytes];
  }
}

/** Undefined if the header was never written or not written whole. */
export function decodeHeader(bytes: Buffer): EntryHeader | undefined {
  if (bytes.length < headerSize || !textAt(bytes, layout.magic).equals(magic)) return undefined;
  if (numberAt(bytes, layout.headerChecksum) !== headerChecksum(bytes)) return undefined;
  return {
    live: bytes[stateOffset] === liveState,
    sequence: numberAt(bytes, layout.sequence),
    imagesSize: numberAt(bytes, layout.firstImage) + numberAt(bytes, layout.secondImage),
  };
}

/** Header and images; undefined if either was not written whole. */
export function decodeEntry(bytes: Buffer): JournalEntry | undefined {
  const header = decodeHeader(bytes);
  if (header === undefined || bytes.length < headerSize + header.imagesSize) return undefined;
  const images = bytes.subarray(headerSize, headerSize + header.imagesSize);
  if (numberAt(bytes, layout.imagesChecksum) !== checksum(images)) return undefined;
  const change = decodeChange(bytes, images);
  return change === undefined
    ? undefined
    : {
        sequence: header.sequence,
        boot: readBytes(bytes, layout.boot).toString(),
        durability: numberAt(bytes, layout.onDisk) === 1 ? 'disk' : 'memory',
        inode: bytes.readBigUInt64LE(layout.inode.offset),
        size: numberAt(bytes, layout.fileSize),
        change,
      };
}

function decodeChange(bytes: Buffer, images: Buffer): Change | undefined {
  const offset = numberAt(bytes, layout.changeOffset);
  const split = numberAt(bytes, layout.firstImage);
  switch (kinds.get(numberAt(bytes, layout.kind))) {
    case 'overwrite':
      return { kind: 'overwrite', offset, before: images.subarray(0, split), after: images.subarray(split) };
    case 'append':
      return { kind: 'append', offset, after: images };
    case 'removal': {
      const length = numberAt(bytes, layout.holeLength);
      return { kind: 'removal', offset, length, bytes: images, binding: numberAt(bytes, layout.binding) === 1 };
    }
    default:
      return undefined;
  }
}

function headerChecksum(bytes: Buffer): number {
  return checksum(bytes.subarray(layout.imagesChecksum.offset, headerSize));
}

function numberAt(bytes: Buffer, field: Field): number {
  return bytes.readUIntLE(field.offset, field.size);
}

function textAt(bytes: Buffer, field: Field): Buffer {
  return bytes.subarray(field.offset, field.offset + field.size);
}
