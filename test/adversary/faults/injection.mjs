// What makes system calls of a program fail, and its clock go wrong: see injection/.
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'injection');
const flags = ['-shared', '-fPIC', '-std=gnu17', '-Wall', '-Wextra', '-Wconversion', '-Wshadow', '-Werror'];

/** Compiles the library into a folder, as the addon's compiler does, and returns its path. @param {string} target */
export function compileInjection(target) {
  const library = join(target, 'injection.so');
  const sources = readdirSync(folder).filter((name) => name.endsWith('.c'));
  const words = [...flags, '-o', library, ...sources.map((name) => join(folder, name))];
  const { status, stderr, error } = spawnSync('cc', words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`cannot compile the injection: ${error?.message ?? stderr}`);
  return library;
}

/** Of injection/control.h: bytes. */
const clockAhead = { wall: 0, steady: 8 };
const clockRate = 16;
const faults = { offset: 24, size: 20, most: 8 };
const hitsWithinFault = 16;

const calls = /** @type {const} */ ({ open: 1, poll: 2, read: 3, write: 4 });

/** An effect of a read or a write: half of it is done. */
export const half = 10_000;

/** An effect of a write: it is taken, and comes to nothing. */
export const forgotten = 10_001;

/**
 * @typedef {object} Fault
 * @property {keyof typeof calls} call on the device
 * @property {number} effect an error number, {@link half}, {@link forgotten}, or poll's events
 * @property {number} [passes] calls that are let through first
 * @property {number} [times] calls that are hit then
 */

/** The file that steers the library; a program that runs already follows. */
export class Injection {
  /** @type {number[]} */
  #times = [];

  /** @param {string} path of a file that is made */
  constructor(path) {
    this.path = path;
    writeFileSync(path, Buffer.alloc(faults.offset + faults.size * faults.most));
    this.setClockRate(1);
  }

  /** How many times as fast the clocks go. @param {number} times */
  setClockRate(times) {
    this.#write(int64(BigInt(times)), clockRate);
  }

  /** The wall clock, or the one that never jumps but when a machine was asleep. @param {'wall' | 'steady'} clock @param {number} seconds */
  setAhead(clock, seconds) {
    const nanosecondsPerSecond = 1_000_000_000n;
    this.#write(int64(BigInt(seconds) * nanosecondsPerSecond), clockAhead[clock]);
  }

  /** @param {Fault} fault */
  add({ call, effect, passes = 0, times = 1 }) {
    const bytes = Buffer.from(Int32Array.of(calls[call], effect, passes, times, 0).buffer);
    this.#write(bytes, faults.offset + this.#times.length * faults.size);
    this.#times.push(times);
  }

  get count() {
    return this.#times.length;
  }

  /** How many faults have been met as often as they were to be. */
  countMet() {
    const bytes = readFileSync(this.path);
    const hits = (/** @type {number} */ index) =>
      bytes.readInt32LE(faults.offset + index * faults.size + hitsWithinFault);
    return this.#times.filter((times, index) => hits(index) === times).length;
  }

  /** @param {Buffer} bytes @param {number} offset */
  #write(bytes, offset) {
    const fd = openSync(this.path, 'r+');
    writeSync(fd, bytes, 0, bytes.length, offset);
    closeSync(fd);
  }
}

/** @param {bigint} value */
function int64(value) {
  return Buffer.from(BigInt64Array.of(value).buffer);
}
