// Calls every function of the addon again and again, as it is meant and in vain, and looks whether memory and descriptors stay level:
// memory.mjs ADDON [CALLS [PART]]. Each function is called so often; each processor has a part of the functions.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';

const [path, count = '100000', part] = process.argv.slice(2);
assert.ok(path !== undefined, 'which addon?');
/** @type {typeof import('../../../src/device/native.ts').native} */
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- require knows no types.
const addon = createRequire(import.meta.url)(path);
const mostGrowth = 8 * 1024 * 1024;
const perTurn = 10_000;
const none = 1_000_000;

const folder = mkdtempSync(join(tmpdir(), 'memory-'));
const file = join(folder, 'file');
writeFileSync(file, Buffer.alloc(100));
const fd = openSync(file, 'r+');
const nothing = openSync('/dev/null', 'r+');
const bytes = Buffer.alloc(100);
const [one, other] = addon.socketPair();
const watches = [new addon.ChangeWatch(file), new addon.StatusWatch(file), new addon.NetworkWatch()];

/** How much rarer than others what asks the kernel for all links, or a thread, is called. */
const slow = 1000;
/** @type {Readonly<Record<string, () => unknown>>} */
const calls = {
  readAt: () => addon.readAt(fd, bytes, 0),
  writeAt: () => addon.writeAt(fd, bytes, 0),
  append: () => addon.append(nothing, bytes),
  sizeOf: () => addon.sizeOf(fd),
  isLinked: () => addon.isLinked(fd),
  tryLock: () => addon.tryLock(fd, 'exclusive'),
  unlock: () => {
    addon.unlock(fd);
  },
  lockHolder: () => addon.lockHolder(fd),
  socketPair: () => {
    for (const end of addon.socketPair()) closeSync(end);
  },
  sendPacket: () => {
    addon.sendPacket(one, bytes);
    addon.receivePacket(other, bytes, 0);
  },
  peerUser: () => addon.peerUser(one),
  listenSeqpacket: () => addon.listenSeqpacket(join(folder, 'none/socket')),
  acceptSeqpacket: () => addon.acceptSeqpacket(none),
  connectSeqpacket: () => addon.connectSeqpacket(join(folder, 'none')),
  openChannel: () => addon.openChannel(join(folder, 'none')),
  sendDatagram: () => {
    addon.sendDatagram(join(folder, 'none'), 'text');
  },
  hypervisorVendor: () => addon.hypervisorVendor(),
  setProcessName: () => {
    addon.setProcessName('memory');
  },
  writeWithoutWaiting: () => addon.writeWithoutWaiting(nothing, 'text'),
  allowCoreDumps: () => {
    addon.allowCoreDumps(true);
  },
  giveBackFreedMemory: () => {
    addon.giveBackFreedMemory();
  },
  findUser: () => addon.findUser('root'),
  writeSystemLog: () => addon.writeSystemLog('memory', 7, ''),
  ChangeWatch: () => watches[0]?.changed(),
  StatusWatch: () => watches[1]?.changed(),
  NetworkWatch: () => watches[2]?.changed(),
  ChannelHandle: () => new addon.ChannelHandle(join(folder, 'none'), () => undefined),
  readNetworkState: rarely(() => addon.readNetworkState()),
  lookUpCanonicalName: rarely(() => {
    addon.lookUpCanonicalName('127.0.0.1', () => undefined);
  }),
  // Each adds to what every later call of the system goes through: the last of all.
  forbidNewPrivileges: rarely(() => {
    addon.forbidNewPrivileges();
  }),
};

/** With what is sent, no function, and for good. */
const others = /^(receivePacket|layout|set(Groups|Gid|Uid|EffectiveUid))$/;
const untried = Object.keys(addon).filter((name) => !(name in calls) && !others.test(name));
assert.deepEqual(untried, []);
// What is thrown is thrown often.
Error.stackTraceLimit = 0;
const parts = availableParallelism();
if (part === undefined) await Promise.all(Array.from({ length: parts }, (_, index) => runPart(index)));
const own = Object.entries(calls).filter((_, index) => index % parts === Number(part));
for (const entry of own) await staysLevel(entry);
rmSync(folder, { recursive: true });
if (part === undefined) console.log(`${Object.keys(calls).length} functions, ${count} calls each: level`);

/** @param {number} index */
async function runPart(index) {
  const words = [...process.execArgv, ...process.argv.slice(1, 3), count, String(index)];
  const run = spawn(process.execPath, words, { stdio: 'inherit' });
  await once(run, 'exit');
  assert.equal(run.exitCode, 0);
}

/** @param {readonly [string, () => unknown]} entry */
async function staysLevel([name, call]) {
  // What the compiler and the heap take at first is taken before.
  await repeat(call, Math.min(Number(count), 100_000));
  const before = used();
  await repeat(call, Number(count));
  const after = used();
  const growth = after.bytes - before.bytes;
  assert.ok(growth < mostGrowth, `${name} has grown by ${growth} bytes in ${count} calls`);
  assert.equal(after.descriptors, before.descriptors, `${name} leaves descriptors open`);
}

/** @param {() => unknown} call @param {number} times */
async function repeat(call, times) {
  for (let done = 0; done < times; done += 1) {
    attempt(call);
    // Callbacks and collected objects have their turn.
    if (done % perTurn === 0) await turn();
  }
  await turn();
}

/** @param {() => unknown} call */
function attempt(call) {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof Error);
  }
}

/** @param {() => unknown} call */
function rarely(call) {
  let times = 0;
  return () => {
    times += 1;
    if (times % slow === 1) call();
  };
}

function used() {
  globalThis.gc?.();
  return { bytes: process.memoryUsage.rss(), descriptors: readdirSync('/proc/self/fd').length };
}
