import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { ExpectedError } from '../../scripts/plain-errors.mjs';

export const checkout = fileURLToPath(new URL('../..', import.meta.url));

const plainMode = 0o644;
const programMode = 0o755;
const packing = 9;
const outputLimit = 64 * 1024 * 1024;

/** The files of a package as they will lie on a guest: paths are given from its `/`, without that stroke. */
export class PackageTree {
  /** An empty folder. @param {string} root */
  constructor(root) {
    this.root = root;
    rmSync(root, { recursive: true, force: true });
    mkdirSync(root, { recursive: true });
  }

  /** @param {string} path */
  at(path) {
    return join(this.root, path);
  }

  /** A file or folder of the checkout. @param {string} from @param {string} to */
  copy(from, to) {
    mkdirSync(dirname(this.at(to)), { recursive: true });
    cpSync(join(checkout, from), this.at(to), { recursive: true });
  }

  /** @param {string} path @param {string | Buffer} text */
  write(path, text) {
    mkdirSync(dirname(this.at(path)), { recursive: true });
    writeFileSync(this.at(path), text, { mode: plainMode });
  }

  /** @param {string} path @param {string} script */
  writeProgram(path, script) {
    this.write(path, script);
    chmodSync(this.at(path), programMode);
  }

  /** Under its name with .gz. @param {string} path @param {string | Buffer} text */
  writePacked(path, text) {
    this.write(`${path}.gz`, gzipSync(text, { level: packing }));
  }
}

/** Its standard output; throws if it fails, after what it says itself. @param {string} command @param {string[]} words */
export function run(command, ...words) {
  const { error, status, stdout } = spawnSync(command, words, {
    cwd: checkout,
    encoding: 'utf8',
    maxBuffer: outputLimit,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (error === undefined && status === 0) return stdout;
  throw new ExpectedError(`${command} failed: ${error?.message ?? `status ${String(status)}`}`);
}
