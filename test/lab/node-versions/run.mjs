// Shows that one build of the addon and of the programs serves every Node that is maintained, and the oldest that package.json
// allows: run.mjs [--quick] [VERSION...]. All tests run on each; with --quick those of the native boundary, of the start, of
// the daemon's contract with its driver, and of what was found to differ. Those that are too old are told so.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const checkout = fileURLToPath(new URL('../../..', import.meta.url));
const nodes = join(checkout, 'build/node-versions');
const outputLimit = 64 * 1024 * 1024;
const quick = [
  'test/unit/native/channel-handle.test.ts',
  'test/unit/native/process-life.test.ts',
  'test/unit/native/freebsd-device.test.ts',
  'test/unit/process/compile-early.test.ts',
  'test/programs/daemon/contract.test.ts',
  'test/programs/daemon/start.test.ts',
  'test/programs/hvkvp/simulate-pipe.test.ts',
];

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const versions = positionals.length > 0 ? positionals : [oldestAllowed(), '20', '22', '24', '26'];
/** RHEL 9's own, and those of Debian 12 and Ubuntu 24.04. */
const tooOld = positionals.length > 0 ? [] : ['16', '18'];
const programs = ['hv_kvp_daemon', 'hyperv-kvp-helper', 'hvkvp'];

fetchNodes();
let passed = 0;
let failed = 0;
for (const version of versions) {
  const tally = runTests(nodeOf(version));
  passed += tally.passed;
  failed += tally.failed;
}
for (const version of tooOld) {
  for (const program of programs) {
    if (saysSo(version, program)) passed += 1;
    else failed += 1;
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function oldestAllowed() {
  const [, version] = /"node": "\^([\d.]+)/.exec(readFileSync(join(checkout, 'package.json'), 'utf8')) ?? [];
  if (version === undefined) throw new Error('package.json does not say which Node it takes');
  return version;
}

/** The newest of each version, from npm's packages that hold a Node. */
function fetchNodes() {
  mkdirSync(nodes, { recursive: true });
  writeFileSync(join(nodes, 'package.json'), '{ "private": true }\n');
  const packages = [...versions, ...tooOld].map(
    (version) => `node-${version}@npm:node-linux-${process.arch}@${version}`,
  );
  const words = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync('npm', [...words, ...packages], { cwd: nodes, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** @param {string} node */
function runTests(node) {
  const vitest = fileURLToPath(new URL('vitest.mjs', import.meta.resolve('vitest/package.json')));
  const reporters = ['--reporter=default', '--reporter=./test/support/closing-line.ts'];
  const { stdout } = spawnSync(node, [vitest, 'run', ...(values.quick ? quick : []), ...reporters], {
    cwd: checkout,
    encoding: 'utf8',
    maxBuffer: outputLimit,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PATH: [dirname(node), process.env['PATH']].join(delimiter) },
  });
  const [, report = stdout, given, lost] = /^([^]*?)(\d+) passed, (\d+) failed\n$/.exec(stdout) ?? [];
  // Without its closing line the run itself has failed.
  const tally = { passed: Number(given ?? 0), failed: Number(lost ?? 1) };
  console.log(report);
  console.log(
    `Node ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}: ${tally.passed} passed, ${tally.failed} failed`,
  );
  return tally;
}

/** Whether a program says in one sentence that this Node is too old. @param {string} version @param {string} program */
function saysSo(version, program) {
  const folder = mkdtempSync(join(tmpdir(), 'too-old-'));
  for (const each of ['bin', 'build/Release']) mkdirSync(join(folder, each), { recursive: true });
  for (const file of ['package.json', 'build/Release/launcher']) copyFileSync(join(checkout, file), join(folder, file));
  cpSync(join(checkout, 'dist'), join(folder, 'dist'), { recursive: true });
  symlinkSync(nodeOf(version), join(folder, 'bin/node'));
  const { status, stdout, stderr } = spawnSync(join(folder, 'dist/bin', program), ['--version'], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  const isSaid = /^Node [\d.]+ is too old: hyperv-kvp needs [\d.]+ or later\n$/.test(stderr);
  const holds = isSaid && status === 1 && stdout === '';
  console.log(`${holds ? 'ok' : 'FAILED'}: ${program} on Node ${version} says: ${stderr.trim()}`);
  return holds;
}

/** @param {string} version */
function nodeOf(version) {
  return join(nodes, 'node_modules', `node-${version}`, 'bin/node');
}
