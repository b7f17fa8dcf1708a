import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Change } from '../../../src/pools/change.ts';
import {
  decodeEntry,
  encodeEntry,
  headerSize,
  type JournalEntry,
  stateOffset,
} from '../../../src/pools/journal-entry.ts';
import { recordSize } from '../../../src/pools/record.ts';

const image = fc.uint8Array({ minLength: 1, maxLength: 2 * recordSize }).map((bytes) => Buffer.from(bytes));
const offset = fc.nat({ max: 2 ** 40 });
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('overwrite' as const), offset, before: image, after: image }),
  fc.record({ kind: fc.constant('append' as const), offset, after: image }),
  fc.record({
    kind: fc.constant('removal' as const),
    offset,
    length: fc.nat(recordSize),
    bytes: image,
    binding: fc.boolean(),
  }),
);
const entry: fc.Arbitrary<JournalEntry> = fc.record({
  sequence: fc.nat({ max: 2 ** 40 }),
  boot: fc.constantFrom('', 'a9a0f4e7-5a45-4d96-b827-8a841e8c03e6'),
  durability: fc.constantFrom('disk', 'memory'),
  inode: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  size: fc.nat({ max: 2 ** 40 }),
  change,
});

it('an entry comes out of the journal as it went in', () => {
  fc.assert(
    fc.property(entry, (written) => {
      expect(decodeEntry(encodeEntry(written))).toEqual(written);
    }),
  );
});

it('an entry with any byte changed is none', () => {
  fc.assert(
    fc.property(entry, fc.nat(), fc.integer({ min: 1, max: 255 }), (written, place, difference) => {
      const bytes = encodeEntry(written);
      // The state and the gap behind it are not part of what is checked.
      const gap = 8;
      const index = gap + (place % (bytes.length - gap));
      bytes[index] = (bytes[index] ?? 0) ^ difference;
      expect(decodeEntry(bytes)).toBeUndefined();
      expect(index).not.toBe(stateOffset);
    }),
  );
});

it('an entry that was cut off is none', () => {
  fc.assert(
    fc.property(entry, fc.nat(), (written, place) => {
      const bytes = encodeEntry(written);
      expect(decodeEntry(bytes.subarray(0, place % bytes.length))).toBeUndefined();
    }),
  );
});

it('no bytes make decoding throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2 * headerSize }), (bytes) => {
      decodeEntry(Buffer.from(bytes));
    }),
  );
});
