// What one call on a file costs by the addon and by node:fs, and a SET by either.
import { closeSync, fstatSync, lstatSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeDisk } from './node-disk.mjs';
import { fill } from './rig/fill.mjs';

const built = new URL('../dist/', import.meta.url).href;
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the cast is lost on the linter.
const { native } = /** @type {typeof import('../src/device/native.ts')} */ (await import(`${built}device/native.js`));
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the same.
const { systemDisk } = /** @type {typeof import('../src/pools/disk.ts')} */ (await import(`${built}pools/disk.js`));
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the same.
const { openPools } = /** @type {typeof import('../src/pools/pools.ts')} */ (await import(`${built}pools/pools.js`));

const records = 10;
const recordSize = 2560;
/** In turns, so that a slow moment of the machine meets both. */
const turns = 20;
const callsATurn = 2000;
const nanosecondsPerMicrosecond = 1000;

/** @returns {Promise<import('./run.mjs').Result>} */
export function measure() {
  const directory = mkdtempSync(join(tmpdir(), 'hyperv-kvp-bench-'));
  const path = join(directory, '.kvp_pool_1');
  fill(path, records);
  const fd = openSync(path, 'r+');
  const watch = new native.ChangeWatch(path);
  watch.markKnown(fd);
  const record = Buffer.alloc(recordSize);
  const rows = [
    compared(
      'read a record',
      () => systemDisk.read(fd, record, 0),
      () => nodeDisk.read(fd, record, 0),
    ),
    compared(
      'write a record',
      () => systemDisk.write(fd, record, 0),
      () => nodeDisk.write(fd, record, 0),
    ),
    compared(
      'size of an open file',
      () => native.sizeOf(fd),
      () => fstatSync(fd).size,
    ),
    // What a check by node:fs would need at least; it does not see a change within one clock tick.
    compared(
      'has the file changed',
      () => (watch.markKnown(fd), watch.changed()),
      () => lstatSync(path, { bigint: true }),
    ),
    compared('a SET', setter(directory, systemDisk), setter(directory, nodeDisk)),
  ];
  closeSync(fd);
  watch.close();
  rmSync(directory, { recursive: true });
  const table = { title: 'Calls on a file, µs, median', columns: ['', 'addon', 'node:fs', 'addon/node:fs'], rows };
  return Promise.resolve({ tables: [table], figures: [] });
}

/** @param {string} name @param {() => unknown} addon @param {() => unknown} node @returns {readonly (string | number)[]} */
function compared(name, addon, node) {
  /** @type {[number[], number[]]} */
  const costs = [[], []];
  for (let turn = 0; turn < turns; turn += 1) {
    costs[0].push(costOf(addon));
    costs[1].push(costOf(node));
  }
  const [ours = NaN, theirs = NaN] = costs.map(median);
  return [name, ours, theirs, ours / theirs];
}

/** Microseconds a call. @param {() => unknown} call */
function costOf(call) {
  const start = process.hrtime.bigint();
  for (let count = 0; count < callsATurn; count += 1) call();
  return Number(process.hrtime.bigint() - start) / nanosecondsPerMicrosecond / callsATurn;
}

/** @param {readonly number[]} numbers */
function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}

/** A pool of its own, so that nobody else's change is seen. @param {string} parent @param {import('../src/pools/disk.ts').Disk} disk */
function setter(parent, disk) {
  const directory = mkdtempSync(join(parent, 'pool-'));
  fill(join(directory, '.kvp_pool_1'), records);
  const pool = openPools({
    directory,
    stateDirectory: join(directory, '.hyperv-kvp'),
    fileMode: 0o644,
    durability: 'memory',
    lockTimeoutMs: 2000,
    warn: (text) => {
      throw new Error(text);
    },
    disk: () => disk,
  }).at(1);
  const key = Buffer.from(`key${records - 1}`);
  return () => pool.set(key, key);
}
