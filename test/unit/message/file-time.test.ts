import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileTimeFromUnix, unixFromFileTime } from '../../../src/message/file-time.ts';

const nanosecondsPerSecond = 1_000_000_000n;

describe('FILETIME', () => {
  it.each([
    ['1601-01-01T00:00:00Z', 0n],
    ['1970-01-01T00:00:00Z', 116_444_736_000_000_000n],
    ['2000-01-01T00:00:00Z', 125_911_584_000_000_000n],
  ])('of %s is %d', (moment, fileTime) => {
    const unix = BigInt(Date.parse(moment) / 1000) * nanosecondsPerSecond;
    expect(fileTimeFromUnix(unix)).toBe(fileTime);
    expect(unixFromFileTime(fileTime)).toBe(unix);
  });

  it('comes back from Unix time as it was', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (fileTime) => {
        expect(fileTimeFromUnix(unixFromFileTime(fileTime))).toBe(fileTime);
      }),
    );
  });

  it('loses less than its unit of 100 ns, also before 1970', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }), (nanoseconds) => {
        const lost = nanoseconds - unixFromFileTime(fileTimeFromUnix(nanoseconds));
        expect(lost).toBeGreaterThanOrEqual(0n);
        expect(lost).toBeLessThan(100n);
      }),
    );
  });
});
