import { existsSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { currentBoot } from '../../../src/platform/current-boot.ts';
import { bootPath, bootTimeMs, isStale, noteBoot } from '../../../src/pools/boot-time.ts';
import { makePlace, records } from './support/open-pool.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const hourMs = 3_600_000;

/** Notes a time that lies so far before what the clock says now. */
function noted(path: string, hoursBefore: number, boot = currentBoot()): number {
  const time = Date.now() - os.uptime() * 1000 - hoursBefore * hourMs;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${boot} ${time}\n`);
  return time;
}

describe('the time of the system’s start', () => {
  it('is noted once in a run of the system, for its owner alone', () => {
    const path = bootPath(temporaryFolder());
    noteBoot(path);
    const first = readFileSync(path, 'utf8');
    noteBoot(path);
    expect(readFileSync(path, 'utf8')).toBe(first);
    expect(first.startsWith(`${currentBoot()} `)).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is not noted before anything has been changed', () => {
    const folder = join(temporaryFolder(), 'state');
    noteBoot(bootPath(folder));
    expect(existsSync(folder)).toBe(false);
  });

  it('is noted anew in the next run', () => {
    const path = bootPath(temporaryFolder());
    noted(path, 1000, 'another-boot');
    noteBoot(path);
    expect(readFileSync(path, 'utf8')).toContain(currentBoot());
  });

  it('stays as it was when the clock is set forward, as after a saved machine goes on', () => {
    const path = bootPath(temporaryFolder());
    const then = noted(path, 5);
    expect(bootTimeMs(path)).toBe(then);
  });

  it('goes back with a clock that was ahead at first', () => {
    const path = bootPath(temporaryFolder());
    const then = noted(path, -2);
    expect(bootTimeMs(path)).toBeLessThan(then - hourMs);
  });

  it.each(['', 'x', currentBoot(), `${currentBoot()} x`, `${currentBoot()} -1`, 'another-boot 1000'])(
    'is what the clock says where the note is %j',
    (text) => {
      const path = bootPath(temporaryFolder());
      writeFileSync(path, text);
      expect(bootTimeMs(path)).toBeGreaterThan(Date.now() - os.uptime() * 1000 - hourMs);
    },
  );
});

it('a fresh pool is not emptied as a stale one after the clock was set forward, and an old one still is', async () => {
  const place = makePlace();
  const pools = place.open();
  const start = noted(bootPath(place.stateDirectory), 5);
  writeFileSync(place.path, records(3));
  const empty = () => pools.at(1).clear(pools.bootTimeMs());
  const written = new Date(start + hourMs);
  utimesSync(place.path, written, written);
  expect(isStale(place.path, pools.bootTimeMs())).toBe(false);
  expect(await empty()).toBe(false);
  const before = new Date(start - hourMs);
  utimesSync(place.path, before, before);
  expect(isStale(place.path, pools.bootTimeMs())).toBe(true);
  expect(await empty()).toBe(true);
});
