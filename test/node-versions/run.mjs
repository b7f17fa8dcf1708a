// Shows that one build of the addon and of the programs serves every Node that is maintained, and the oldest that package.json
// allows: run.mjs [--quick] [VERSION...]. All tests run on each; with --quick those of the native boundary, of the start, of
// the daemon's contract with its driver, and of what was found to differ.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const nodes = join(checkout, 'build/node-versions');
const outputLimit = 64 * 1024 * 1024;
const quick = [
  'test/native/kvp-device.test.ts',
  'test/native/process-life.test.ts',
  'test/native/freebsd-device.test.ts',
  'test/process/contract.test.ts',
  'test/process/start.test.ts',
  'test/commands/simulate-pipe.test.ts',
];

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const versions = positionals.length > 0 ? positionals : [oldestAllowed(), '20', '22', '24', '26'];

fetchNodes();
let passed = 0;
let failed = 0;
for (const version of versions) {
  const tally = runTests(join(nodes, 'node_modules', `node-${version}`, 'bin/node'));
  passed += tally.passed;
  failed += tally.failed;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function oldestAllowed() {
  const [, version] = /"node": ">=([\d.]+)"/.exec(readFileSync(join(checkout, 'package.json'), 'utf8')) ?? [];
  if (version === undefined) throw new Error('package.json does not say which Node it takes');
  return version;
}

/** The newest of each version, from npm's packages that hold a Node. */
function fetchNodes() {
  mkdirSync(nodes, { recursive: true });
  writeFileSync(join(nodes, 'package.json'), '{ "private": true }\n');
  const packages = versions.map((version) => `node-${version}@npm:node-linux-${process.arch}@${version}`);
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
