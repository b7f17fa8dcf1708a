import type { Field } from '../message/field.ts';
import { readBytes } from '../message/fixed-text.ts';

/** `struct kvp_record`: a pool file is a row of these, without a header. */
export const recordSize = 2560;
const nul = 0;
const keyField: Field = { offset: 0, size: 512 };
const valueField: Field = { offset: 512, size: 2048 };

/** Bytes that a record can hold of each. */
export const fieldSizes = { key: keyField.size, value: valueField.size } as const;

/** A record, made in the room given; what a field does not need is zero, because neighbours read raw bytes. */
export function encodeRecord(key: Buffer, value: Buffer, room = Buffer.alloc(recordSize)): Buffer {
  if (key.length > keyField.size || value.length > valueField.size) {
    throw new RangeError('a key and a value must fit their fields');
  }
  room.fill(nul);
  readBytes(key, whole(key)).copy(room, keyField.offset);
  readBytes(value, whole(value)).copy(room, valueField.offset);
  return room;
}

/** Whether two records have the same key, whatever is behind it. */
export function haveSameKey(record: Buffer, other: Buffer): boolean {
  const end = record.indexOf(nul);
  const size = end < 0 ? keyField.size : Math.min(end + 1, keyField.size);
  return record.compare(other, keyField.offset, size, keyField.offset, size) === 0;
}

/** The bytes of the key before its NUL: a view. Neighbours leave garbage behind the NUL, or no NUL at all. */
export function keyOf(record: Buffer): Buffer {
  return readBytes(record, keyField);
}

/** The bytes of the value before its NUL: a view. */
export function valueOf(record: Buffer): Buffer {
  return readBytes(record, valueField);
}

/** Keys and values of the records in bytes that are a whole number of them: views. */
export function splitRecords(bytes: Buffer): readonly { readonly key: Buffer; readonly value: Buffer }[] {
  return Array.from({ length: bytes.length / recordSize }, (_, slot) => {
    const record = bytes.subarray(slot * recordSize, (slot + 1) * recordSize);
    return { key: keyOf(record), value: valueOf(record) };
  });
}

/** A key as a string that keeps every byte apart, whatever it means in UTF-8. */
export function keyText(key: Buffer): string {
  return key.toString('latin1');
}

function whole(bytes: Buffer): Field {
  return { offset: 0, size: bytes.length };
}
