import { execFileSync } from 'node:child_process';
import { fstatSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it, vi } from 'vitest';
import type { native } from '../../../src/device/native.ts';
import type { Pool } from '../../../src/pools/pool.ts';
import { makePlace, records } from './support/open-pool.ts';

/** What happens at a step that is made under a lock, counted from 0; how many locks were given back, and how many were lost by then. */
const locks = vi.hoisted(() => ({
  ...{ isHeld: false, steps: 0, given: 0, lost: 0, at: -1 },
  act: (): void => undefined,
}));

vi.mock('../../../src/device/native.ts', () => {
  const require = createRequire(import.meta.url);
  const twin = require('../native/build/Release/hv_kvp_twin.node') as typeof native;
  /** Whatever comes after it sees what a neighbour has done. */
  const step = (): void => {
    if (!locks.isHeld) return;
    if (locks.steps === locks.at) locks.act();
    locks.steps += 1;
  };
  const mocked: Partial<typeof native> = {
    tryLock: (fd, mode) => {
      locks.isHeld = twin.tryLock(fd, mode);
      step();
      return locks.isHeld;
    },
    unlock: (fd) => {
      locks.given += 1;
      if (!holdsLock(fstatSync(fd).ino)) locks.lost += 1;
      locks.isHeld = false;
      twin.unlock(fd);
    },
    readAt: (...words) => {
      step();
      return twin.readAt(...words);
    },
    writeAt: (...words) => {
      step();
      return twin.writeAt(...words);
    },
    append: (...words) => {
      step();
      return twin.append(...words);
    },
  };
  return { native: { ...twin, ...mocked } };
});

/** By the kernel's list of fcntl(2)'s locks, which belong to the process. */
function holdsLock(inode: number): boolean {
  const own = new RegExp(`^\\d+: POSIX +ADVISORY +(READ|WRITE) +${process.pid} \\w+:\\w+:${inode} `, 'm');
  return own.test(readFileSync('/proc/locks', 'latin1'));
}

const key = Buffer.from('key1');
const operations: Readonly<Record<string, (pool: Pool) => unknown>> = {
  'a look-up': (pool) => pool.get(key),
  'a change': (pool) => pool.set(key, Buffer.from('new')),
  'a new record': (pool) => pool.set(Buffer.from('another'), Buffer.from('new')),
  'a removal': (pool) => pool.delete(key),
};

/** Of another process: its own descriptors take no lock of ours with them. */
const acts = {
  'changes the mode': 'chmod 600 "$0"',
  'changes the times': 'touch -d 2001-01-01 "$0"',
  'adds a name': 'ln -f "$0" "$0.link"',
  truncates: 'truncate -s 0 "$0"',
  removes: 'rm -f "$0"',
  'renames another over it': 'head -c 5120 /dev/zero >"$0.new" && mv "$0.new" "$0"',
} as const;

/** Steps under a lock that any of the operations takes. */
const steps = 6;

describe.each(Object.entries(acts))(
  'under FreeBSD’s locks, beside a neighbour that has none and %s',
  (_act, script) => {
    it.each(Object.entries(operations))('%s keeps its lock until it gives it back', async (_operation, operate) => {
      for (let at = -1; at < steps; at += 1) {
        const place = makePlace();
        writeFileSync(place.path, records(3));
        const pool = place.openGuest();
        locks.at = -1;
        await pool.get(key);
        const act = (): void => {
          execFileSync('sh', ['-c', script, place.path]);
        };
        if (at < 0) act();
        Object.assign(locks, { steps: 0, given: 0, lost: 0, at, act });
        await operate(pool);
        expect({ at, lost: locks.lost }).toEqual({ at, lost: 0 });
      }
    });
  },
);
