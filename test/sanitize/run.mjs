// Runs the addon under the tools that see what a test does not, and shows first that each sees a defect of its kind:
// run.mjs [--all]. With --all more of the tests are run under the sanitizers, which takes longer.
import { parseArgs } from 'node:util';
import { install } from '../../scripts/debian-packages.mjs';
import { defects } from './defects.mjs';
import { addressSanitizer, threadSanitizer, valgrind } from './tools.mjs';
import { Tree } from './tree.mjs';

const { values } = parseArgs({ options: { all: { type: 'boolean', default: false } } });
const ofTheAddon = ['kvp-device', 'process-life', 'freebsd-device'].map((name) => `test/native/${name}.test.ts`);
const shortTests = [...ofTheAddon, 'test/pools/change-watch.test.ts', 'test/device/session.test.ts'];
const moreTests = [
  'test/pools/lock.test.ts',
  'test/device/burst.test.ts',
  'test/device/freebsd-session.test.ts',
  'test/pools/pool.test.ts',
  'test/process/daemon.test.ts',
  'test/process/contract.test.ts',
];
const tests = values.all ? [...shortTests, ...moreTests] : shortTests;

install({ 'g++': 'g++', valgrind: 'valgrind' });
let passed = 0;
let failed = 0;
for (const tool of [addressSanitizer, threadSanitizer, valgrind]) {
  const tree = new Tree(tool);
  judge(`${tool.name}: every call of the addon`, tree.exercise());
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
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** @param {string} name @param {readonly string[]} troubles */
function judge(name, troubles) {
  if (troubles.length === 0) passed += 1;
  else failed += 1;
  console.log(`${troubles.length === 0 ? 'ok    ' : 'FAILED'} ${name}`);
  for (const trouble of troubles) console.log(trouble);
}
