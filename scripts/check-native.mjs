// Compiles the native code with gcc and clang for the running system, and with Zig's compiler, which brings its headers, for FreeBSD, with
// all warnings as errors, and has clang-tidy judge it (.clang-tidy): check-native.mjs [--freebsd] [FILE...]; with --freebsd nothing but
// FreeBSD on x86_64. Nothing is linked: scripts/build-prebuilt.mjs does that.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { install } from './debian-packages.mjs';
import { nodeHeaders } from './node-headers.mjs';
import { withoutZig, zigEnvironment } from './python-packages.mjs';

/** @typedef {{ name: string, program: string, words: string[], sources: string[] }} Check */

const checkout = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  options: { freebsd: { type: 'boolean', default: false } },
  allowPositionals: true,
});

const common = [
  ...['-fsyntax-only', '-std=c++17', '-Wall', '-Wextra', '-Wconversion', '-Wshadow', '-Werror'],
  ...['-DNAPI_VERSION=8', '-DNAPI_DISABLE_CPP_EXCEPTIONS', '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS'],
  '-Inative',
];
const libraries = [
  '-isystem',
  dirname(fileURLToPath(import.meta.resolve('node-addon-api'))),
  '-isystem',
  headersFolder(),
];
const zig = zigEnvironment();
if (!values.freebsd) install({ 'clang++': 'clang', 'clang-tidy': 'clang-tidy' });
const freebsdSources = [...sources('native'), ...sources('native/freebsd'), 'test/unit/native/freebsd-layout.cc'];
const linuxSources = [...sources('native'), ...sources('native/linux')];
const twinSources = sources('test/unit/native/twin');

/** @param {string} processor @returns {Check} */
function freebsd(processor) {
  const words = ['-target', `${processor}-freebsd.14.0`, '-Inative/freebsd', ...libraries];
  return { name: `FreeBSD, ${processor}`, program: 'zig', words, sources: freebsdSources };
}

/** @type {Check[]} */
const otherChecks = [
  freebsd('aarch64'),
  ...['g++', 'clang++'].flatMap((program) => [
    { name: `Linux, ${program}`, program, words: ['-Inative/linux', ...libraries], sources: linuxSources },
    { name: `twin, ${program}`, program, words: ['-Itest/unit/native/twin'], sources: twinSources },
  ]),
  { name: 'Linux, clang-tidy', program: 'clang-tidy', words: ['-Inative/linux', ...libraries], sources: linuxSources },
];

const checks = [freebsd('x86_64'), ...(values.freebsd ? [] : otherChecks)];
const possible = checks.filter(({ program }) => program !== 'zig' || zig !== undefined);
if (possible.length < checks.length) console.log(`skipped: FreeBSD: ${withoutZig}`);
const jobs = possible.flatMap((check) =>
  (positionals.length > 0 ? positionals : check.sources).map((source) => ({ ...check, source })),
);
const total = jobs.length;
let failed = 0;
await Promise.all(Array.from({ length: availableParallelism() }, work));
console.log(`${total - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function work() {
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
    const { name, program, words, source } = job;
    if ((await compile(program, commandLine(program, [...common, ...words], source))) === 0) continue;
    failed += 1;
    console.log(`${name}: ${source} has errors`);
  }
}

/** @param {string} program @param {string[]} flags @param {string} source @returns {string[]} */
function commandLine(program, flags, source) {
  switch (program) {
    case 'clang-tidy':
      return ['--quiet', source, '--', ...flags];
    case 'zig':
      // It keeps what it compiles, and so has to compile it.
      return ['c++', ...flags.filter((flag) => flag !== '-fsyntax-only'), '-c', '-o', objectOf(flags, source), source];
    default:
      return [...flags, source];
  }
}

/** A file for each target. @param {string[]} flags @param {string} source */
function objectOf(flags, source) {
  const folder = join(checkout, 'build/check-native', flags[flags.indexOf('-target') + 1] ?? '');
  mkdirSync(folder, { recursive: true });
  return join(folder, `${source.replaceAll('/', '-')}.o`);
}

/** @param {string} program @param {string[]} words @returns {Promise<number | null>} */
function compile(program, words) {
  return new Promise((resolve, reject) => {
    // clang-tidy tells there only how much it has not told.
    const stderr = program === 'clang-tidy' ? 'ignore' : 'inherit';
    spawn(program, words, { cwd: checkout, stdio: ['ignore', 'inherit', stderr], env: zig ?? process.env })
      .once('error', reject)
      .once('exit', resolve);
  });
}

/** @param {string} folder */
function sources(folder) {
  return readdirSync(join(checkout, folder))
    .filter((name) => name.endsWith('.cc'))
    .map((name) => `${folder}/${name}`);
}

/** Where they are on this machine, or where node-gyp has put them. */
function headersFolder() {
  const configuration = readFileSync(join(checkout, 'build/config.gypi'), 'utf8');
  return join(nodeHeaders() ?? /"nodedir": "(.*)"/.exec(configuration)?.[1] ?? '/usr', 'include/node');
}
