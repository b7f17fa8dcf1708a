// Pools on a file system that is full or read-only: broken-file-system.mjs full|read-only DIRECTORY.
// Mounts a tmpfs there, so it must run in a mount namespace of its own.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';

const [kind = '', directory = ''] = process.argv.slice(2);
const built = new URL('../../../dist/pools/pools.js', import.meta.url).href;
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the cast is lost on the linter.
const { openPools } = /** @type {typeof import('../../../src/pools/pools.ts')} */ (await import(built));

mkdirSync(`${directory}/pools`);
execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', `${directory}/pools`]);

const path = `${directory}/pools/.kvp_pool_1`;
const recordSize = 2560;
const open = () =>
  openPools({
    directory: `${directory}/pools`,
    stateDirectory: `${directory}/pools/.hyperv-kvp`,
    fileMode: 0o644,
    durability: 'disk',
    lockTimeoutMs: 2000,
    warn: (text) => {
      assert.fail(text);
    },
  });

/** @param {number} number */
const key = (number) => Buffer.from(`key${number}`);
const value = Buffer.from('value');

if (kind === 'full') await fillUp();
else await makeReadOnly();

async function fillUp() {
  const pools = open();
  const pool = pools.at(1);
  let count = 0;
  await assert.rejects(async () => {
    for (; ; count += 1) await pool.set(key(count), value);
  }, /^Error: cannot set a record of pool guest \(.*\): ENOSPC: /);
  assert.ok(count > 0);
  assert.equal(readFileSync(path).length, count * recordSize, 'no part of a record is left');
  // What needs no room goes on.
  await pool.set(key(0), Buffer.from('new'));
  assert.equal(String(await pool.get(key(0))), 'new');
  assert.equal(await pool.delete(key(1)), true);
  await pool.set(key(count), value);
  assert.equal(readFileSync(path).length, count * recordSize);
  pools.close();
}

async function makeReadOnly() {
  const writer = open();
  await writer.at(1).set(key(0), value);
  writer.close();
  const before = readFileSync(path);
  const pools = open();
  const pool = pools.at(1);
  execFileSync('mount', ['-o', 'remount,ro', `${directory}/pools`]);
  assert.equal(String(await pool.get(key(0))), 'value');
  const refused = async () => {
    await pool.set(key(0), Buffer.from('new'));
  };
  await assert.rejects(refused, /^Error: cannot set a record of pool guest \(.*\): EROFS: /);
  assert.equal(String(await pool.get(key(0))), 'value');
  assert.deepEqual(readFileSync(path), before);
  execFileSync('mount', ['-o', 'remount,rw', `${directory}/pools`]);
  await pool.set(key(0), Buffer.from('new'));
  assert.equal(String(await pool.get(key(0))), 'new');
  pools.close();
}
