// Compiles the native code with gcc and clang, for the running system and, as far as its headers can be stood in for, for
// FreeBSD, with all warnings as errors, and has clang-tidy judge it (.clang-tidy): check-native.mjs [--freebsd] [FILE...].
// Nothing is linked.
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { install } from './debian-packages.mjs';

/** @typedef {{ name: string, program: string, words: string[], sources: string[] }} Check */

const checkout = fileURLToPath(new URL('..', import.meta.url));
const standIns = join(checkout, 'test/native/freebsd-headers');
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
  nodeHeaders(),
];
const onFreebsd = ['-Inative/freebsd', '-isystem', standIns];

install({ 'clang++': 'clang', ...(!values.freebsd && { 'clang-tidy': 'clang-tidy' }) });
const freebsdSources = [...sources('native'), ...sources('native/freebsd'), 'test/native/freebsd-layout.cc'];
const linuxSources = [...sources('native'), ...sources('native/linux')];
const twinSources = sources('test/native/twin');

const forFreebsd = [
  ...['--target=x86_64-unknown-freebsd14', '-nostdinc'],
  ...[...onFreebsd, ...libraries, ...systemHeaders()],
];

/** @type {Check[]} */
const freebsdChecks = [
  {
    name: 'FreeBSD, clang',
    program: 'clang++',
    words: forFreebsd,
    sources: freebsdSources,
  },
];
/** @type {Check[]} */
const otherChecks = [
  { name: 'FreeBSD, gcc', program: 'g++', words: [...onFreebsd, ...libraries], sources: freebsdSources },
  ...['g++', 'clang++'].flatMap((program) => [
    { name: `Linux, ${program}`, program, words: ['-Inative/linux', ...libraries], sources: linuxSources },
    { name: `twin, ${program}`, program, words: ['-Itest/native/twin'], sources: twinSources },
  ]),
  { name: 'Linux, clang-tidy', program: 'clang-tidy', words: ['-Inative/linux', ...libraries], sources: linuxSources },
  {
    name: 'FreeBSD, clang-tidy',
    program: 'clang-tidy',
    words: forFreebsd,
    sources: sources('native/freebsd'),
  },
];

const jobs = (values.freebsd ? freebsdChecks : [...freebsdChecks, ...otherChecks]).flatMap((check) =>
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
    const flags = [...common, ...words];
    const all = program === 'clang-tidy' ? ['--quiet', source, '--', ...flags] : [...flags, source];
    if ((await compile(program, all)) === 0) continue;
    failed += 1;
    console.log(`${name}: ${source} has errors`);
  }
}

/** @param {string} program @param {string[]} words @returns {Promise<number | null>} */
function compile(program, words) {
  return new Promise((resolve, reject) => {
    // clang-tidy tells there only how much it has not told.
    const stderr = program === 'clang-tidy' ? 'ignore' : 'inherit';
    spawn(program, words, { cwd: checkout, stdio: ['ignore', 'inherit', stderr] })
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

/** Where node-gyp has them. */
function nodeHeaders() {
  const configuration = readFileSync(join(checkout, 'build/config.gypi'), 'utf8');
  return join(/"nodedir": "(.*)"/.exec(configuration)?.[1] ?? '/usr', 'include/node');
}

/** Of C++ and C on this machine: the compiler would look for them where FreeBSD has them. */
function systemHeaders() {
  const { stderr } = spawnSync('clang++', ['-E', '-v', '-x', 'c++', '/dev/null'], { encoding: 'utf8' });
  const [, list = ''] = /> search starts here:\n([^]*?)\nEnd of search list/.exec(stderr) ?? [];
  return ['-D_GNU_SOURCE', ...list.split('\n').flatMap((line) => ['-isystem', line.trim()])];
}
