import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Histogram } from '../../../src/control/histogram.ts';

const usInMs = 1000;

function observed(timesUs: readonly number[]) {
  const histogram = new Histogram();
  for (const us of timesUs) histogram.observe(us / usInMs);
  return histogram.durations();
}

describe('a histogram', () => {
  it('is all zeros before the first observation', () => {
    expect(observed([])).toMatchObject({ count: 0, sumUs: 0, p50Us: 0, p90Us: 0, p99Us: 0, maxUs: 0 });
  });

  it('has buckets of 1-2-5 from 10 µs to 50 s, and one for the rest', () => {
    const { buckets } = observed([10, 11, 50_000_000, 50_000_001]);
    expect(buckets.map(({ upToUs }) => upToUs).slice(0, 4)).toEqual([10, 20, 50, 100]);
    expect(buckets.slice(-2).map(({ upToUs }) => upToUs)).toEqual([50_000_000, null]);
    expect(buckets.filter(({ count }) => count > 0).map(({ upToUs }) => upToUs)).toEqual([10, 20, 50_000_000, null]);
  });

  it('never tells a percentile that is too short, nor one beyond the longest time', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60_000_000 }), { minLength: 1 }), (timesUs) => {
        const sorted = [...timesUs].sort((one, other) => one - other);
        const { p50Us, p90Us, p99Us, maxUs, count } = observed(timesUs);
        expect(count).toBe(timesUs.length);
        expect(maxUs).toBe(sorted.at(-1));
        for (const [told, share] of [
          [p50Us, 0.5],
          [p90Us, 0.9],
          [p99Us, 0.99],
        ] as const) {
          expect(told).toBeGreaterThanOrEqual(sorted[Math.ceil(share * count) - 1] ?? Number.NaN);
          expect(told).toBeLessThanOrEqual(maxUs);
        }
      }),
    );
  });
});
