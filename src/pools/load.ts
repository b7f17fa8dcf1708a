import { isUtf8 } from 'node:buffer';
import { KeyIndex } from './key-index.ts';
import type { PoolFile } from './pool-file.ts';
import { fieldSizes, keyOf, keyText, recordSize, valueOf } from './record.ts';

/** What a pool file has in it, without the values. */
export interface Contents {
  readonly index: KeyIndex;
  /** Of the file in bytes, with what is behind the last whole record. */
  readonly size: number;
  /** Oddities that neighbours left, in words; served as they are. "" if there are none. */
  readonly damage: string;
}

const recordsAtOnce = 128;

/** Reads the file once from end to end, to be done under a lock. */
export function loadContents(file: PoolFile): Contents {
  const keys: string[] = [];
  const oddities = { unterminated: 0, notUtf8: 0 };
  const buffer = Buffer.alloc(recordsAtOnce * recordSize);
  let tailSize = 0;
  for (let offset = 0, isWhole = true; isWhole; offset += buffer.length) {
    const bytes = file.read(buffer, offset);
    isWhole = bytes.length === buffer.length;
    tailSize = bytes.length % recordSize;
    for (let start = 0; start + recordSize <= bytes.length; start += recordSize) {
      const record = bytes.subarray(start, start + recordSize);
      const key = keyOf(record);
      const value = valueOf(record);
      keys.push(keyText(key));
      oddities.unterminated += Number(key.length === fieldSizes.key) + Number(value.length === fieldSizes.value);
      oddities.notUtf8 += Number(!isUtf8(key)) + Number(!isUtf8(value));
    }
  }
  return {
    index: new KeyIndex(keys),
    size: keys.length * recordSize + tailSize,
    damage: describe({ ...oddities, tailSize }),
  };
}

function describe({
  unterminated,
  notUtf8,
  tailSize,
}: {
  unterminated: number;
  notUtf8: number;
  tailSize: number;
}): string {
  const parts = [
    tailSize > 0 ? `${tailSize} bytes at its end that are not a complete record` : '',
    unterminated > 0 ? `${unterminated} fields without a terminator` : '',
    notUtf8 > 0 ? `${notUtf8} fields that are not UTF-8` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}
