// How long a SET holds a pool's lock, and how often a neighbour that does not wait for it is refused, as .NET's programs are.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { quickOption } from './quick-option.mjs';
import { fill } from './rig/fill.mjs';
import { summary } from './rig/statistics.mjs';

const built = new URL('../dist/', import.meta.url).href;
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the cast is lost on the linter.
const { openPools } = /** @type {typeof import('../src/pools/pools.ts')} */ (await import(`${built}pools/pools.js`));
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the cast is lost on the linter.
const { native } = /** @type {typeof import('../src/device/native.ts')} */ (await import(`${built}device/native.js`));

const guest = 1;
const records = 100;
const everyMs = 20;
const rounds = { quick: 100, full: 1000 };
const nanosecondsPerMicrosecond = 1000;

/** Tries an exclusive flock(2) every millisecond, without waiting, until its input ends; prints how often it got it and how often not. */
const neighbour = `
import fcntl, select, sys
file = open(sys.argv[1], 'r+b')
counts = [0, 0]
while not select.select([sys.stdin], [], [], 0.001)[0]:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.flock(file, fcntl.LOCK_UN)
        counts[0] += 1
    except BlockingIOError:
        counts[1] += 1
print(*counts)
`;

/** @typedef {import('../src/pools/pools.ts').PoolOptions['durability']} Durability */

/** @param {readonly string[]} words @returns {Promise<import('./run.mjs').Result>} */
export async function measure(words) {
  const count = quickOption(words) ? rounds.quick : rounds.full;
  const rows = [];
  for (const durability of /** @type {const} */ (['memory', 'disk'])) {
    const { held, taken, refused } = await measureAt(durability, count);
    const { p50, p99 } = summary(held);
    rows.push([durability, p50, p99, (100 * refused) / (taken + refused)]);
  }
  const columns = ['durability', 'lock held, µs', 'p99', 'of a neighbour’s tries refused, %'];
  return { tables: [{ title: `A SET every ${everyMs} ms, at ${records} records`, columns, rows }], figures: [] };
}

/** @param {Durability} durability @param {number} count */
async function measureAt(durability, count) {
  const directory = mkdtempSync(join(tmpdir(), 'hyperv-kvp-bench-'));
  const path = join(directory, `.kvp_pool_${guest}`);
  fill(path, records);
  const place = { directory, stateDirectory: join(directory, '.hyperv-kvp'), fileMode: 0o644, durability };
  const pools = openPools({ ...place, lockTimeoutMs: 2000, warn: console.error });
  const pool = pools.at(guest);
  const held = timesHeld();
  await pool.set(Buffer.from('key0'), Buffer.from('first'));
  held.length = 0;
  const other = spawn('python3', ['-c', neighbour, path], { stdio: ['pipe', 'pipe', 'inherit'] });
  for (let round = 0; round < count; round += 1) {
    await pool.set(Buffer.from('key0'), Buffer.from(`value${round}`));
    await pause(everyMs);
  }
  other.stdin.end('\n');
  const [taken = NaN, refused = NaN] = (await text(other.stdout)).split(' ').map(Number);
  pools.close();
  rmSync(directory, { recursive: true });
  return { held, taken, refused };
}

/** From now on, how long each exclusive lock is held, in µs. */
function timesHeld() {
  /** @type {number[]} */
  const held = [];
  const { tryLock, unlock } = native;
  let since = 0n;
  /** @type {typeof tryLock} */
  const tryAndNote = (fd, mode) => {
    const isLocked = tryLock(fd, mode);
    since = isLocked && mode === 'exclusive' ? process.hrtime.bigint() : 0n;
    return isLocked;
  };
  /** @type {typeof unlock} */
  const unlockAndNote = (fd) => {
    unlock(fd);
    if (since !== 0n) held.push(Number(process.hrtime.bigint() - since) / nanosecondsPerMicrosecond);
    since = 0n;
  };
  Object.assign(native, { tryLock: tryAndNote, unlock: unlockAndNote });
  return held;
}
