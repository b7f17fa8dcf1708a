import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @typedef {{ inputs: readonly string[], outputs: readonly string[], fingerprint: string }} Product */

/** Runs `make` unless the outputs are there and were made of the very same inputs. @param {Product} product @param {() => void} make */
export function unlessMade({ inputs, outputs, fingerprint }, make) {
  const now = digest(inputs);
  const isMade = [...outputs, fingerprint].every((path) => existsSync(path));
  if (isMade && readFileSync(fingerprint, 'utf8') === now) return;
  rmSync(fingerprint, { force: true });
  make();
  mkdirSync(dirname(fingerprint), { recursive: true });
  writeFileSync(fingerprint, now);
}

/** Of the Node that runs, and of names and contents. @param {readonly string[]} paths */
function digest(paths) {
  const hash = createHash('sha256').update(`${process.version} ${process.arch}`);
  for (const file of paths.flatMap(filesOf)) hash.update(`\0${file}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

/** @param {string} path @returns {string[]} */
function filesOf(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => name !== 'build')
    .sort()
    .flatMap((name) => filesOf(join(path, name)));
}
