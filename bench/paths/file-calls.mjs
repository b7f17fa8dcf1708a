import { closeSync, fstatSync, openSync, readSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fill } from '../rig/fill.mjs';
import { stockPools } from '../rig/folders.mjs';
import { costNs } from './cost.mjs';
import { native } from './peers/channel-end.mjs';

const calls = 500;
const records = 1000;
const recordSize = 2560;
const offset = recordSize * (records / 2);

/** System calls on a pool file in memory, made through node:fs and by an addon. @returns {import('../table.mjs').Table} */
export function fileCallsTable() {
  const path = join(stockPools, 'paths');
  fill(path, records);
  const fd = openSync(path, 'r+');
  const watch = new native.ChangeWatch(path);
  watch.markKnown();
  const bytes = Buffer.alloc(recordSize);
  /** @param {string} name @param {() => unknown} throughNode @param {() => unknown} byAddon */
  const row = (name, throughNode, byAddon) => [name, costNs(throughNode, calls), costNs(byAddon, calls)];
  const rows = [
    row(
      'fstat',
      () => fstatSync(fd).size,
      () => native.sizeOf(fd),
    ),
    row(
      'whether it has changed (node:fs: stat, blind within a clock tick)',
      () => statSync(path, { bigint: true }).mtimeNs,
      () => watch.changed(),
    ),
    row(
      'pread of a record',
      () => readSync(fd, bytes, 0, recordSize, offset),
      () => native.readAt(fd, bytes, offset),
    ),
    row(
      'pwrite of a record',
      () => writeSync(fd, bytes, 0, recordSize, offset),
      () => native.writeAt(fd, bytes, offset),
    ),
    row(
      'lock and unlock (node:fs: a lock file, the only lock it has)',
      () => {
        lockFile(`${path}.lock`);
      },
      () => {
        native.tryLock(fd, 'exclusive');
        native.unlock(fd);
      },
    ),
  ];
  watch.close();
  closeSync(fd);
  return { title: 'System calls on a pool file, ns', columns: ['', 'node:fs', 'addon'], rows };
}

/** @param {string} path */
function lockFile(path) {
  closeSync(openSync(path, 'wx'));
  unlinkSync(path);
}
