// What makes system calls of a program fail, and its clock go wrong: see injection/.
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'injection');
const flags = ['-shared', '-fPIC', '-O2', '-std=gnu17', '-Wall', '-Wextra', '-Wconversion', '-Wshadow', '-Werror'];

/** Compiles the library into a folder and returns its path. @param {string} target */
export function compileInjection(target) {
  const library = join(target, 'injection.so');
  const sources = readdirSync(folder).filter((name) => name.endsWith('.c'));
  const words = [...flags, '-o', library, ...sources.map((name) => join(folder, name))];
  const { status, stderr, error } = spawnSync('cc', words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`cannot compile the injection: ${error?.message ?? stderr}`);
  return library;
}

/** Of injection/control.h. */
const layout = { wallClock: 0, steadyClock: 8, clockRate: 16, faults: 24, faultSize: 20, faultCount: 8 };

/** The calls on the device whose outcome can be changed, in the order of injection/control.h. */
const calls = /** @type {const} */ (['stat', 'open', 'poll', 'read', 'write']);

/** The file that steers the library; a program that runs already follows. */
export class Injection {
  /** @param {string} path of a file that is made */
  constructor(path) {
    this.path = path;
    writeFileSync(path, Buffer.alloc(layout.faults + layout.faultSize * layout.faultCount));
    this.setClockRate(1);
  }

  /** @param {number} times */
  setClockRate(times) {
    this.#write(int64(BigInt(times)), layout.clockRate);
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
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return bytes;
}
