// Pools on a file system that is full, read-only or has large inode numbers: broken-file-system.mjs full|read-only|idle|overlay DIRECTORY.
// Mounts a tmpfs there, so it must run in a mount namespace of its own.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';

const [kind = '', directory = ''] = process.argv.slice(2);
const built = new URL('../../../../dist/pools/pools.js', import.meta.url).href;
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the cast is lost on the linter.
const { openPools } = /** @type {typeof import('../../../../src/pools/pools.ts')} */ (await import(built));

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
else if (kind === 'read-only') await makeReadOnly();
else if (kind === 'idle') await makeIdleReadOnly();
else await useOverlay();

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
  remount('ro');
  assert.equal(String(await pool.get(key(0))), 'value');
  const refused = async () => {
    await pool.set(key(0), Buffer.from('new'));
  };
  await assert.rejects(refused, /^Error: cannot set a record of pool guest \(.*\): EROFS: /);
  assert.equal(String(await pool.get(key(0))), 'value');
  assert.deepEqual(readFileSync(path), before);
  remount('rw');
  await pool.set(key(0), Buffer.from('new'));
  assert.equal(String(await pool.get(key(0))), 'new');
  pools.close();
}

/** With its device, so that mount(8) does not add the options it was mounted with: in a user's namespace its owner is nobody. @param {string} how */
function remount(how) {
  execFileSync('mount', ['-o', `remount,${how}`, 'tmpfs', `${directory}/pools`], { stdio: 'ignore' });
}

/** With pools that stay open, and were written to a while ago: pool, journal and what was saved are open for reading at most. */
async function makeIdleReadOnly() {
  const pools = open();
  const pool = pools.at(1);
  for (let round = 0; round < 2; round += 1) {
    await pool.set(key(round), value);
    await pool.delete(key(round));
    await pool.set(key(0), value);
    while (isBusy()) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(String(await pool.get(key(0))), 'value');
    remount('rw');
  }
  pools.close();
}

/** Whether something is open for writing, so that the file system cannot be made read-only; if not, it is. */
function isBusy() {
  try {
    remount('ro');
    return false;
  } catch {
    return true;
  }
}

/** A pool file of the lower layer, with `xino=on`, as containers and live images have them. */
async function useOverlay() {
  const layers = `${directory}/layers`;
  for (const name of ['low', 'up']) {
    mkdirSync(`${layers}/${name}`, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', `${layers}/${name}`]);
  }
  for (const name of ['low/pools', 'up/pools', 'up/work']) mkdirSync(`${layers}/${name}`);
  writeFileSync(`${layers}/low/pools/.kvp_pool_1`, '');
  const places = `lowerdir=${layers}/low/pools,upperdir=${layers}/up/pools,workdir=${layers}/up/work`;
  execFileSync('mount', ['-t', 'overlay', '-o', `xino=on,${places}`, 'overlay', `${directory}/pools`]);
  assert.ok(
    statSync(path, { bigint: true }).ino < 0n,
    'the inode number is 2^63 or more, which Node takes for negative',
  );
  const pools = open();
  await pools.at(1).set(key(0), value);
  await pools.at(1).set(key(0), Buffer.from('new'));
  assert.equal(String(await pools.at(1).get(key(0))), 'new');
  pools.close();
}
