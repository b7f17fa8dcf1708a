// Calls everything that the addon has, as it is meant and as it is not, in this thread and in one that is ended:
// exercise.mjs ADDON. Buffers are allocations of their own, so that a byte beyond one is nobody's.
import assert from 'node:assert/strict';
import { closeSync, mkdtempSync, openSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { packetExercises } from './packets.mjs';

const noDescriptor = 1_000_000;
const tooLong = 'x'.repeat(200);
const lowestPriority = 7;
const rounds = 20;

/** @type {unknown} */
const path = isMainThread ? process.argv[2] : workerData;
assert.ok(typeof path === 'string', 'which addon?');
/** @type {typeof import('../../../src/device/native.ts').native} */
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- require knows no types.
const addon = createRequire(import.meta.url)(path);
const folder = mkdtempSync(join(tmpdir(), 'exercise-'));

/** Each export by its name: one that is missing here is an error. @type {Record<string, () => void | Promise<void>>} */
const exercises = {
  async ChannelHandle() {
    const socket = join(folder, 'device');
    const listener = new addon.ChannelHandle(addon.listenSeqpacket(socket), ignore);
    /** @type {() => void} */
    let ready = ignore;
    const daemon = new addon.ChannelHandle(socket, () => {
      ready();
    });
    const driver = new addon.ChannelHandle(addon.acceptSeqpacket(listener.fd), ignore);
    for (let round = 0; round < rounds; round += 1) {
      const called = new Promise((resolve) => {
        ready = () => {
          resolve(undefined);
        };
      });
      daemon.arm();
      driver.write(ownBytes(100));
      pause();
      daemon.arm();
      await called;
      assert.equal(daemon.read(ownBytes(100)), 100);
      assert.equal(daemon.read(ownBytes(10), 10), undefined);
    }
    // A record that does not fit is no message.
    driver.write(ownBytes(100));
    assert.throws(() => daemon.read(ownBytes(10)), { errno: constants.errno.EMSGSIZE });
    driver.write(ownBytes(0));
    driver.write(ownBytes(1));
    assert.equal(daemon.write(ownBytes(1), true), undefined);
    daemon.arm();
    daemon.close();
    daemon.close();
    assert.throws(() => {
      daemon.arm();
    });
    assert.throws(() => daemon.read(ownBytes(1)));
    assert.throws(() => daemon.write(ownBytes(1)));
    for (const bad of [folder, join(folder, 'none'), tooLong]) {
      assert.throws(() => new addon.ChannelHandle(bad, ignore));
    }
    assert.equal(new addon.ChannelHandle(noDescriptor, ignore).read(ownBytes(1)), 0);
    listener.close();
    // Armed, and left to the end of the environment.
    if (isMainThread) driver.close();
    else driver.arm();
  },
  ChangeWatch() {
    const file = join(folder, 'watched');
    const watch = new addon.ChangeWatch(file);
    assert.equal(watch.changed(), true);
    assert.equal(watch.markKnown(), -1);
    for (let round = 0; round < rounds; round += 1) {
      writeFileSync(file, 'x'.repeat(round));
      assert.equal(watch.changed(), true);
      assert.equal(watch.markKnown(), round);
    }
    unlinkSync(file);
    assert.equal(watch.changed(), true);
    assert.equal(watch.markKnown(noDescriptor), -1);
    watch.close();
    assert.equal(watch.changed(), true);
  },
  StatusWatch() {
    const file = join(folder, 'looked-at');
    const watch = new addon.StatusWatch(file);
    assert.equal(watch.changed(), true);
    assert.equal(watch.changed(), false);
    for (let round = 0; round < rounds; round += 1) {
      writeFileSync(file, 'x'.repeat(round));
      assert.equal(watch.changed(), true);
    }
    unlinkSync(file);
    assert.equal(watch.changed(), true);
  },
  NetworkWatch() {
    const watch = new addon.NetworkWatch();
    watch.changed();
    watch.close();
    assert.equal(watch.changed(), true);
  },
  readNetworkState: () => {
    for (let round = 0; round < rounds; round += 1) assert.ok(addon.readNetworkState().links.length > 0);
  },
  async lookUpCanonicalName() {
    /** @type {(name: string) => Promise<string | undefined>} */
    const ask = (name) =>
      new Promise((resolve) => {
        addon.lookUpCanonicalName(name, resolve);
      });
    const asked = Array.from({ length: rounds }, () => ask('127.0.0.1'));
    assert.deepEqual(new Set(await Promise.all(asked)), new Set(['127.0.0.1']));
    assert.equal(await ask(''), undefined);
    // Left to the end of the environment.
    for (let round = 0; round < rounds; round += 1) addon.lookUpCanonicalName(tooLong, ignore);
  },
  findUser: () => {
    assert.deepEqual(addon.findUser('root'), [0, 0]);
    for (const name of ['', tooLong]) assert.equal(addon.findUser(name), undefined);
  },
  readAt: () => {
    withFile((fd) => {
      for (const size of [99, 1, 100, 101, 0]) assert.equal(addon.readAt(fd, ownBytes(size), 0), Math.min(size, 100));
      assert.throws(() => addon.readAt(fd, ownBytes(1), -1));
    });
    assert.throws(() => addon.readAt(noDescriptor, ownBytes(1), 0));
  },
  writeAt: () => {
    withFile((fd) => {
      assert.equal(addon.writeAt(fd, ownBytes(33), 1), 33);
    });
    assert.throws(() => addon.writeAt(noDescriptor, ownBytes(1), 0));
  },
  append: () => {
    withFile((fd) => {
      assert.equal(addon.append(fd, ownBytes(33)), 33);
    });
    assert.throws(() => addon.append(noDescriptor, ownBytes(1)));
  },
  sizeOf: () => {
    withFile((fd) => {
      assert.equal(addon.sizeOf(fd), 100);
    });
    assert.throws(() => addon.sizeOf(noDescriptor));
  },
  isLinked: () => {
    withFile((fd, name) => {
      assert.equal(addon.isLinked(fd), true);
      unlinkSync(name);
      assert.equal(addon.isLinked(fd), false);
      writeFileSync(name, '');
    });
    assert.throws(() => addon.isLinked(noDescriptor));
  },
  tryLock: () => {
    withFile((fd, name) => {
      const other = openSync(name, 'r+');
      assert.equal(addon.tryLock(fd, 'exclusive'), true);
      assert.equal(addon.tryLock(other, 'shared'), false);
      addon.unlock(fd);
      assert.equal(addon.tryLock(other, 'shared'), true);
      closeSync(other);
    });
    assert.throws(() => addon.tryLock(noDescriptor, 'shared'));
  },
  unlock: () => {
    assert.throws(() => {
      addon.unlock(noDescriptor);
    });
  },
  lockHolder: () => {
    withFile((fd) => {
      assert.equal(addon.lockHolder(fd), undefined);
    });
    assert.equal(addon.lockHolder(noDescriptor), undefined);
  },
  ...packetExercises(addon, folder),
  sendDatagram: () => {
    for (const name of ['', '@', tooLong, `@${tooLong}`, join(folder, 'none')]) {
      assert.throws(() => {
        addon.sendDatagram(name, 'text');
      });
    }
  },
  hypervisorVendor: () => {
    addon.hypervisorVendor();
  },
  setProcessName: () => {
    for (const name of ['', 'exercise', tooLong]) addon.setProcessName(name);
  },
  // What this process is already, so that nothing changes.
  setGroups: () => {
    if (process.geteuid?.() === 0) addon.setGroups(process.getgroups?.() ?? []);
  },
  setGid: () => {
    addon.setGid(process.getgid?.() ?? 0);
  },
  setUid: () => {
    addon.setUid(process.getuid?.() ?? 0);
  },
  setEffectiveUid: () => {
    addon.setEffectiveUid(process.geteuid?.() ?? 0);
  },
  allowCoreDumps: () => {
    for (const allowed of [false, true]) addon.allowCoreDumps(allowed);
  },
  giveBackFreedMemory: () => {
    addon.giveBackFreedMemory();
  },
  writeWithoutWaiting: () => {
    // No program is run here: valgrind's report of it would have no end.
    const [one, other] = addon.socketPair();
    assert.equal(addon.writeWithoutWaiting(one, ''), true);
    while (addon.writeWithoutWaiting(one, tooLong));
    for (const fd of [one, other]) closeSync(fd);
    const full = openSync('/dev/full', 'w');
    for (const fd of [full, noDescriptor]) assert.throws(() => addon.writeWithoutWaiting(fd, tooLong));
    closeSync(full);
  },
  writeSystemLog: () => {
    for (const text of ['', '%s%n', tooLong]) addon.writeSystemLog('hv_kvp_daemon', lowestPriority, text);
  },
};

for (const name of Object.keys(addon)) {
  const exercise = exercises[name];
  assert.ok(exercise, `${name} is not exercised`);
  await exercise();
}
rmSync(folder, { recursive: true });
if (isMainThread) await exerciseInThread();
else parentPort?.postMessage('done');

async function exerciseInThread() {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: path, trackUnmanagedFds: false });
  await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  await worker.terminate();
}

/** @param {(fd: number, name: string) => void} use of a file of 100 bytes */
function withFile(use) {
  const name = join(folder, 'file');
  writeFileSync(name, ownBytes(100));
  const fd = openSync(name, 'r+');
  use(fd, name);
  closeSync(fd);
}

/** @param {number} size */
function ownBytes(size) {
  return Buffer.from(new ArrayBuffer(size));
}

/** Long enough for the device's thread to wake. */
function pause() {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)), 0, 0, 10);
}

function ignore() {
  // Nothing to do.
}
