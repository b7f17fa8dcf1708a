// Shows that each safety test fails on the naive implementation: run.mjs [PART OF A MUTATION'S NAME].
// Each mutation is made in a copy of the sources and its test run there, so that the checkout stays as it is.
import { join } from 'node:path';
import { MutantCopy, checkout } from './mutant-copy.mjs';
import { mutations } from './mutations.mjs';

const noSuchMutation = 2;
/** A test waits more than it works. */
const atOnce = 2;

const [wanted = ''] = process.argv.slice(2);
const chosen = mutations.filter(({ name }) => name.includes(wanted));
if (chosen.length === 0) {
  console.error(`no mutation has '${wanted}' in its name`);
  process.exit(noSuchMutation);
}

const [first, ...others] = Array.from(
  { length: atOnce },
  (_, index) => new MutantCopy(join(checkout, `build/mutant-${index + 1}`)),
);
if (first === undefined) throw new Error('no copy');
await first.make();
await passWithoutMutation(first);
await Promise.all(others.map((copy) => copy.make()));

const left = [...chosen];
/** @type {string[]} */
const survivors = [];
await Promise.all([first, ...others].map(tryWhatIsLeft));
for (const name of survivors) console.log(`survived: ${name}`);
console.log(`${chosen.length - survivors.length} passed, ${survivors.length} failed`);
process.exitCode = survivors.length === 0 ? 0 : 1;

/** A test that fails anyway shows nothing. @param {MutantCopy} copy */
async function passWithoutMutation(copy) {
  const tests = [...new Set(chosen.map(({ test }) => test))];
  const said = await copy.failureOf(...tests);
  if (said !== undefined) throw new Error(`without any mutation:\n${said}`);
}

/** @param {MutantCopy} copy */
async function tryWhatIsLeft(copy) {
  for (let mutation = left.shift(); mutation !== undefined; mutation = left.shift()) {
    const { name, test } = mutation;
    await copy.mutate(mutation);
    const start = performance.now();
    const isCaught = (await copy.failureOf(test)) !== undefined;
    console.log(`${isCaught ? 'caught  ' : 'SURVIVED'} ${name} (${test}, ${Math.round(performance.now() - start)} ms)`);
    if (!isCaught) survivors.push(name);
    await copy.restore(mutation);
  }
}
