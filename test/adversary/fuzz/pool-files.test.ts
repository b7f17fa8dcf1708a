import { existsSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { KeyAndValue, Pool } from '../../../src/pools/pool.ts';
import { makePlace, type Place, records } from '../../unit/pools/support/open-pool.ts';
import { asked } from './support/asked.ts';

const sizes = { key: 512, record: 2560 } as const;
const noBytes = Buffer.alloc(0);
const longAgo = new Date('2020-01-01');
const runs = { seed: asked.seed, numRuns: asked.files };

/** Every length, where there is time. */
const step = asked.isLong ? 1 : 29;

/** What a file means, by the format alone: whole records, of each the bytes before a NUL. */
function meaningOf(file: Buffer): readonly KeyAndValue[] {
  const text = (bytes: Buffer): Buffer => {
    const end = bytes.indexOf(0);
    return end < 0 ? bytes : bytes.subarray(0, end);
  };
  return Array.from({ length: Math.floor(file.length / sizes.record) }, (_, slot) => {
    const record = file.subarray(slot * sizes.record, (slot + 1) * sizes.record);
    return { key: text(record.subarray(0, sizes.key)), value: text(record.subarray(sizes.key)) };
  });
}

/** Reads everything in every way, changes something, and looks at what is left. */
async function use(pool: Pool, { path, tailPath }: Place, file: Buffer): Promise<void> {
  writeFileSync(path, file);
  // A tail of this moment would be waited for, as the first part of a record.
  utimesSync(path, longAgo, longAgo);
  const expected = meaningOf(file);
  const view = (all: unknown): string => JSON.stringify(all);
  expect(view(pool.records())).toBe(view(expected));
  for (const [slot, { key }] of expected.entries()) {
    expect(view(pool.at(slot))).toBe(view(expected[slot]));
    const first = expected.find((record) => record.key.equals(key));
    expect(view(pool.get(key))).toBe(view(first?.value));
  }
  expect(pool.at(expected.length)).toBeUndefined();

  const added = { key: Buffer.from('\u0001 added'), value: Buffer.from('value') };
  await pool.set(added.key, added.value);
  const victim = expected[Math.floor(expected.length / 2)];
  const left = [...expected, added];
  if (victim !== undefined) {
    expect(await pool.delete(victim.key)).toBe(true);
    left.splice(
      left.findIndex(({ key }) => key.equals(victim.key)),
      1,
    );
  }
  const after = readFileSync(path);
  expect(after.length % sizes.record).toBe(0);
  expect(view(meaningOf(after))).toBe(view(left));
  const saved = `${tailPath}-1`;
  const tail = file.subarray(expected.length * sizes.record);
  expect(existsSync(saved) ? readFileSync(saved) : noBytes).toEqual(tail);
  rmSync(saved, { force: true });
}

it(
  'every truncation of a pool file is read as its whole records, and healed by a change',
  async () => {
    const place = makePlace();
    const pool = place.openGuest();
    const whole = records(2);
    for (let length = 0; length <= whole.length; length += step) {
      await use(pool, place, whole.subarray(0, length));
    }
  },
  Infinity,
);

const oddField = (size: number) =>
  fc.oneof(
    fc.uint8Array({ minLength: size, maxLength: size }),
    fc.constantFrom(0, 1, 0x20, 0x61, 0x80, 0xff).map((byte) => new Uint8Array(size).fill(byte)),
    fc.string({ unit: 'binary', maxLength: 40 }).map((text) => padded(Buffer.from(text), size)),
    fc.tuple(fc.string({ maxLength: 20 }), fc.uint8Array({ minLength: size, maxLength: size })).map(([text, rest]) => {
      const bytes = Buffer.from(rest);
      bytes.write(`${text}\0`);
      return bytes;
    }),
  );

function padded(bytes: Buffer, size: number): Buffer {
  const field = Buffer.alloc(size);
  bytes.copy(field);
  return field;
}

const oddRecord = fc
  .tuple(oddField(sizes.key), oddField(sizes.record - sizes.key))
  .map(([key, value]) => Buffer.concat([key, value]));

it(
  'records with anything in every field are read as the format says, and stay as they are',
  async () => {
    const place = makePlace();
    const pool = place.openGuest();
    await fc.assert(
      fc.asyncProperty(fc.array(oddRecord, { maxLength: 5 }), fc.nat(sizes.record - 1), async (found, tail) => {
        await use(pool, place, Buffer.concat([...found, Buffer.alloc(tail, 'tail')]));
      }),
      runs,
    );
  },
  Infinity,
);

it(
  'a file of any bytes is read as records, and healed by a change',
  async () => {
    const place = makePlace();
    const pool = place.openGuest();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 4 * sizes.record, size: 'max' }), async (bytes) => {
        await use(pool, place, Buffer.from(bytes));
      }),
      runs,
    );
  },
  Infinity,
);
