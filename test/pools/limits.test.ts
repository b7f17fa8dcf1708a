import { describe, expect, it } from 'vitest';
import { carriedLimits, checkLimits, storedLimits, TooLong } from '../../src/pools/limits.ts';
import { contentsOf, makePlace, TextPool } from './support/open-pool.ts';

const sized = (key: number, value: number): { key: Buffer; value: Buffer } => ({
  key: Buffer.alloc(key, 'k'),
  value: Buffer.alloc(value, 'v'),
});

describe('what a program in the guest may write', () => {
  it.each([
    ['what the kernel carries to the host', undefined, 254, 1022],
    ['what a record stores, if asked for', storedLimits, 512, 2048],
  ])('is by default or on demand %s', (_, limits, key, value) => {
    checkLimits(sized(key, value), limits);
    expect(() => {
      checkLimits(sized(key + 1, value), limits);
    }).toThrow(new TooLong('key', key + 1, key));
    expect(() => {
      checkLimits(sized(key, value + 1), limits);
    }).toThrow(`the value has ${value + 1} bytes, and at most ${value} are allowed`);
  });

  it('is counted in bytes, not in characters', () => {
    expect(() => {
      checkLimits({ key: Buffer.from('é'.repeat(carriedLimits.key)), value: Buffer.alloc(0) });
    }).toThrow(TooLong);
  });

  it('fits the fields of a record', async () => {
    const place = makePlace();
    const { key, value } = sized(storedLimits.key, storedLimits.value);
    const pool = new TextPool(place.openGuest());
    await pool.set(key.toString(), value.toString());
    expect(contentsOf(place.path)).toEqual([`${key.toString()}=${value.toString()}`]);
    expect(await pool.get(key.toString())).toBe(value.toString());
  });
});
