// Makes the port as the ports tree takes it, with what `make makesum` would write: build.mjs [--archive FILE], the archive of npm.
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { reportPlainly } from '../../scripts/plain-errors.mjs';
import { checkout, run } from '../linux/package-tree.mjs';

reportPlainly();
const { values } = parseArgs({ options: { archive: { type: 'string' } } });
const output = join(checkout, 'build/port');
const archives = join(output, 'distfiles');
rmSync(output, { recursive: true, force: true });
mkdirSync(archives, { recursive: true });
cpSync(join(checkout, 'packaging/freebsd/port'), output, { recursive: true });

const archive = values.archive === undefined ? pack() : copied(values.archive);
const seconds = run('git', 'log', '-1', '--format=%ct').trim();
writeFileSync(join(output, 'distinfo'), `TIMESTAMP = ${seconds}\n${sums(archive)}`);
console.log(output);

/** @returns {string} */
function pack() {
  const printed = run('npm', 'pack', '--silent', '--pack-destination', archives);
  return join(archives, printed.trim().split('\n').at(-1) ?? '');
}

/** @param {string} archive @returns {string} */
function copied(archive) {
  const path = join(archives, basename(archive));
  cpSync(archive, path);
  return path;
}

/** @param {string} path */
function sums(path) {
  const digest = createHash('sha256').update(readFileSync(path)).digest('hex');
  return `SHA256 (${basename(path)}) = ${digest}\nSIZE (${basename(path)}) = ${statSync(path).size}\n`;
}
