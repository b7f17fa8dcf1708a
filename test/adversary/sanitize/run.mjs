// Runs the addon under the tools that see what a test does not, and shows first that each sees a defect of its kind:
// run.mjs [--all]. With --all more of the tests are run under the sanitizers, and each function is called ten million times, which
// takes longer.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { install } from '../../../scripts/debian-packages.mjs';
import { defects } from './defects.mjs';
import { addressSanitizer, threadSanitizer, valgrind } from './tools.mjs';
import { Tree } from './tree.mjs';

const { values } = parseArgs({ options: { all: { type: 'boolean', default: false } } });
const ofTheAddon = ['channel-handle', 'process-life', 'freebsd-device'].map(
  (name) => `test/unit/native/${name}.test.ts`,
);
const shortTests = [...ofTheAddon, 'test/unit/pools/change-watch.test.ts', 'test/unit/session/session.test.ts'];
const moreTests = [
  'test/unit/pools/lock.test.ts',
  'test/unit/session/burst.test.ts',
  'test/unit/session/freebsd-session.test.ts',
  'test/unit/pools/pool.test.ts',
  'test/programs/daemon/daemon.test.ts',
  'test/programs/daemon/contract.test.ts',
];
const tests = values.all ? [...shortTests, ...moreTests] : shortTests;

const wrongArguments = { address: 20_000, thread: 2000, valgrind: 500 };
const callsOfEach = values.all ? 10_000_000 : 20_000;

install({ 'g++': 'g++', valgrind: 'valgrind' });
let passed = 0;
let failed = 0;
for (const tool of [addressSanitizer, threadSanitizer, valgrind]) {
  const tree = new Tree(tool);
  judge(`${tool.name}: every call of the addon`, tree.exercise());
  const rounds = wrongArguments[tool.folder];
  judge(`${tool.name}: ${rounds} calls with wrong arguments`, tree.takeWrongArguments(rounds));
  if (tool.runsTests) judge(`${tool.name}: ${tests.join(' ')}`, tree.runTests(tests));
  for (const defect of defects) {
    const expected = defect.reports.get(tool);
    if (expected === undefined) continue;
    tree.withDefect(defect, () => {
      const reports = tree.exercise();
      const isSeen = reports.some((report) => expected.test(report));
      judge(`${tool.name} would see ${defect.name}`, isSeen ? [] : [`no report of ${String(expected)}`, ...reports]);
    });
  }
}
judge(`${callsOfEach} calls of each function leave memory and descriptors level`, staysLevel());
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Of the addon as it is shipped. */
function staysLevel() {
  const program = fileURLToPath(new URL('memory.mjs', import.meta.url));
  const addon = fileURLToPath(new URL('../../../build/Release/hv_kvp.node', import.meta.url));
  const words = ['--expose-gc', program, addon, String(callsOfEach)];
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  return status === 0 ? [] : [stderr];
}

/** @param {string} name @param {readonly string[]} troubles */
function judge(name, troubles) {
  if (troubles.length === 0) passed += 1;
  else failed += 1;
  console.log(`${troubles.length === 0 ? 'ok    ' : 'FAILED'} ${name}`);
  for (const trouble of troubles) console.log(trouble);
}
