import { firstOfEachKey } from '../pools/first-of-each-key.ts';
import type { KeyAndValue } from '../pools/pool.ts';
import { keyText } from '../pools/record.ts';
import { ChunkError, type ChunkScheme } from './chunk-scheme.ts';
import { cut } from './cut.ts';

export interface Numbering {
  /** Between the key and the number, which counts from 0. */
  readonly separator: string;
  /** The most bytes in a part. */
  readonly size: number;
  /** The most parts that readers look for; Infinity if they look until one is missing. */
  readonly mostParts: number;
}

/** Parts of a value under keys with numbers. */
export function numbered({ separator, size, mostParts }: Numbering): ChunkScheme {
  return {
    split(key, value) {
      const parts = cut(value, size);
      if (parts.length <= mostParts) {
        return parts.map((part, number) => ({ key: partKey(key, separator, number), value: part }));
      }
      throw new ChunkError(
        `the value needs ${parts.length} parts of ${size} bytes, but readers accept at most ${mostParts}`,
      );
    },
    join(key, records) {
      const parts = numberedParts(records, key, separator);
      return parts && Buffer.concat(parts);
    },
    isPart: (key, recordKey) => isNumbered(key, separator, recordKey),
  };
}

/** The key of one part. */
export function partKey(key: Buffer, separator: string, number: number): Buffer {
  return Buffer.concat([key, Buffer.from(`${separator}${number}`)]);
}

/** The values from number 0 up to the first that is missing; undefined if there is none. */
export function numberedParts(
  records: readonly KeyAndValue[],
  key: Buffer,
  separator: string,
): readonly Buffer[] | undefined {
  const first = firstOfEachKey(records);
  const parts: Buffer[] = [];
  for (;;) {
    const part = first.get(keyText(partKey(key, separator, parts.length)))?.value;
    if (part === undefined) return parts.length === 0 ? undefined : parts;
    parts.push(part);
  }
}

export function isNumbered(key: Buffer, separator: string, recordKey: Buffer): boolean {
  const start = Buffer.concat([key, Buffer.from(separator)]);
  return (
    recordKey.subarray(0, start.length).equals(start) &&
    /^(?:0|[1-9][0-9]*)$/.test(recordKey.toString('latin1', start.length))
  );
}
