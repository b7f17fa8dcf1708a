// Calls everything that the addon has with arguments that are none: wrong-arguments.mjs ADDON [ROUNDS [SEED]]. A call may throw, and
// must neither end the process nor touch memory that is nobody's, which a sanitizer sees.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const [path, rounds = '20000', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
assert.ok(path !== undefined, 'which addon?');
/** @type {Readonly<Record<string, unknown>>} */
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- require knows no types.
const addon = createRequire(import.meta.url)(path);
console.log(`seed ${seed}`);

const detached = new Uint8Array(8);
structuredClone(detached.buffer, { transfer: [detached.buffer] });
/** No number among them is a descriptor that is open, nor a time to wait. @type {readonly unknown[]} */
const values = [
  ...[undefined, null, true, false, NaN, -0, -1, 0.5, 1e6, 2 ** 31, 2 ** 32, 2 ** 53, -(2 ** 63), Infinity, 10n],
  ...['', '\0', 'x', 'x'.repeat(200), '@', '\uD800', '/dev/null/none', Symbol('s'), {}, [], { toString: null }],
  ...[
    () => undefined,
    class A extends Map {},
    new Proxy({}, {}),
    new Proxy(() => undefined, {}),
    Object.freeze([1]),
    new Error('e'),
  ],
  ...[Buffer.alloc(0), Buffer.alloc(8), new Uint16Array(3), new DataView(new ArrayBuffer(3), 1), new ArrayBuffer(4)],
  ...[new SharedArrayBuffer(4), detached, new Float64Array(1), new Map(), Promise.resolve(1), /x/],
];

let state = Number(seed) >>> 0;
/** xorshift. @param {number} below */
function random(below) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
}

/** How many arguments come before a time, which would be waited for. @type {Readonly<Record<string, number>>} */
const beforeTime = { receivePacket: 2, read: 1, poll: 0 };

/** @param {string} name @returns {unknown[]} */
function randomArguments(name) {
  const count = Math.min(random(5), beforeTime[name] ?? Infinity);
  const given = identity.test(name) ? noIds : values;
  return Array.from({ length: count }, () => given[random(given.length)]);
}

/** What would change this process for good is left out, or given only what is no id of anybody. */
const lasting = /^forbidNewPrivileges$/;
const identity = /^set(Groups|Gid|Uid|EffectiveUid)$/;
const noIds = [
  undefined,
  null,
  true,
  NaN,
  -1,
  0.5,
  2 ** 32 - 1,
  2 ** 32,
  Infinity,
  '0',
  {},
  [NaN],
  [2 ** 32],
  ['0'],
  [-1],
];
const names = Object.keys(addon).filter((name) => !lasting.test(name) && typeof addon[name] === 'function');
let calls = 0;
for (let round = 0; round < Number(rounds); round += 1) {
  const name = names[random(names.length)] ?? '';
  const exported = addon[name];
  assert.ok(typeof exported === 'function');
  attempt(() => {
    /** @type {unknown} */
    const result = Reflect.apply(exported, values[random(values.length)], randomArguments(name));
    return result;
  });
  attempt(() => {
    /** @type {unknown} */
    const made = Reflect.construct(exported, randomArguments(name));
    if (typeof made === 'object' && made !== null) callMethods(made);
  });
}
console.log(`${calls} calls`);

/** @param {object} made */
function callMethods(made) {
  const prototype = /** @type {unknown} */ (Object.getPrototypeOf(made));
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype ?? {}))) {
    const method = /** @type {unknown} */ (value);
    if (name === 'constructor' || typeof method !== 'function') continue;
    for (const self of [made, values[random(values.length)]]) {
      attempt(() => /** @type {unknown} */ (Reflect.apply(method, self, randomArguments(name))));
    }
  }
  attempt(() => /** @type {{ close?: () => void }} */ (made).close?.());
}

/** @param {() => unknown} call */
function attempt(call) {
  calls += 1;
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof Error);
  }
}
