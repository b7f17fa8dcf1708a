import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src/pools/change.ts';
import { recordSize } from '../../../src/pools/record.ts';
import { type FoundFile, judge } from '../../../src/pools/replay.ts';
import { record, records } from './support/open-pool.ts';

const sectorSize = 512;
const long = 'v'.repeat(2048);
const before = record('key', `old${long.slice(3)}`);
const after = record('key', `new${'w'.repeat(2045)}`);
const overwrite: Change = { kind: 'overwrite', offset: 0, before, after };

describe('an overwrite', () => {
  it('that did not begin, or that is finished, is left alone', () => {
    for (const damage of ['cut', 'torn'] as const) {
      expect(judge(overwrite, recordSize, fileOf(before), damage)).toEqual({ kind: 'nothing' });
      expect(judge(overwrite, recordSize, fileOf(after), damage)).toEqual({ kind: 'nothing' });
    }
  });

  it('that was cut at any sector is finished', () => {
    for (let cut = 2 * sectorSize; cut < recordSize; cut += sectorSize) {
      const found = Buffer.concat([after.subarray(0, cut), before.subarray(cut)]);
      expect(judge(overwrite, recordSize, fileOf(found), 'cut')).toMatchObject({ kind: 'repair', bytes: after });
    }
  });

  it('is a neighbour’s if any byte is neither old nor new', () => {
    fc.assert(
      fc.property(
        fc.nat(recordSize - 1),
        fc.integer({ min: 0, max: 255 }),
        fc.constantFrom('cut', 'torn'),
        (index, byte, damage) => {
          fc.pre(byte !== before[index] && byte !== after[index]);
          const found = Buffer.from(after);
          found[index] = byte;
          expect(judge(overwrite, recordSize, fileOf(found), damage)).toEqual({ kind: 'foreign' });
        },
      ),
    );
  });

  it('is a neighbour’s if the new bytes are not the first ones, unless the power failed', () => {
    const found = Buffer.concat([before.subarray(0, 3 * sectorSize), after.subarray(3 * sectorSize)]);
    expect(judge(overwrite, recordSize, fileOf(found), 'cut')).toEqual({ kind: 'foreign' });
    expect(judge(overwrite, recordSize, fileOf(found), 'torn')).toMatchObject({ kind: 'repair' });
  });

  it('is a neighbour’s, not ours, if a short value is made of pieces of the old and the new one', () => {
    const change: Change = { kind: 'overwrite', offset: 0, before: record('key', '19'), after: record('key', '20') };
    expect(judge(change, recordSize, fileOf(record('key', '29')), 'cut')).toEqual({ kind: 'foreign' });
  });
});

describe('an append', () => {
  const append: Change = { kind: 'append', offset: recordSize, after };
  const first = records(1);
  const theirs = record('theirs', '1');

  it('that was cut is taken out, also from below what a neighbour appended', () => {
    for (let cut = sectorSize; cut < recordSize; cut += sectorSize) {
      for (const behind of [Buffer.alloc(0), theirs, Buffer.concat([theirs, theirs])]) {
        const file = fileOf(Buffer.concat([first, after.subarray(0, cut), behind]));
        const hole = { offset: recordSize, length: cut };
        expect(judge(append, recordSize, file, 'cut')).toMatchObject({ kind: 'repair', hole, bytes: Buffer.alloc(0) });
      }
    }
  });

  it('that never began is not taken for what a neighbour appended, ragged or not', () => {
    expect(judge(append, recordSize, fileOf(Buffer.concat([first, theirs])), 'cut')).toEqual({ kind: 'foreign' });
    const ragged = Buffer.concat([first, theirs.subarray(0, sectorSize)]);
    expect(judge(append, recordSize, fileOf(ragged), 'cut')).toEqual({ kind: 'foreign' });
  });
});

describe('a removal', () => {
  const all = records(5);
  const removal: Change = { kind: 'removal', offset: 0, length: recordSize, bytes: all, binding: false };

  it('carries a neighbour’s update along, to the place where the record is going', () => {
    const theirs = record('key3', 'theirs');
    const slot = (index: number): Buffer => all.subarray(index * recordSize, (index + 1) * recordSize);
    const found = Buffer.concat([slot(1), slot(1), slot(2), theirs, slot(4)]);
    const verdict = judge(removal, all.length, fileOf(found), 'cut');
    const bytes = Buffer.concat([slot(1), slot(2), theirs, slot(4)]);
    expect(verdict).toEqual({ kind: 'repair', offset: 0, bytes, hole: { offset: 4 * recordSize, length: recordSize } });
  });

  it('is left alone where a neighbour has removed something too', () => {
    const slot = (index: number): Buffer => all.subarray(index * recordSize, (index + 1) * recordSize);
    const found = Buffer.concat([slot(1), slot(1), slot(2), slot(4)]);
    expect(judge(removal, all.length, fileOf(found), 'cut')).toEqual({ kind: 'foreign' });
  });

  it('is finished where only the end is left to cut off, and only there', () => {
    const moved = all.subarray(recordSize);
    const last = all.subarray(-recordSize);
    const hole = { offset: moved.length, length: recordSize };
    expect(judge(removal, all.length, fileOf(Buffer.concat([moved, last])), 'cut')).toMatchObject({
      kind: 'repair',
      hole,
    });
    expect(judge(removal, all.length, fileOf(moved), 'cut')).toEqual({ kind: 'nothing' });
    const appended = Buffer.concat([moved, record('theirs', '1')]);
    expect(judge(removal, all.length, fileOf(appended), 'cut')).toEqual({ kind: 'nothing' });
  });
});

function fileOf(bytes: Buffer): FoundFile {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}
