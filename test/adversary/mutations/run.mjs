// Shows that each safety test fails on the naive implementation: run.mjs [PART OF A MUTATION'S NAME].
// Each mutation is made in a copy of the sources and its test run there, so that the checkout stays as it is.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gypWords } from '../../../scripts/node-gyp.mjs';
import { mutations } from './mutations.mjs';

const checkout = fileURLToPath(new URL('../../..', import.meta.url));
// Below the checkout, where Node finds its node_modules.
const copy = join(checkout, 'build/mutant');
const copied = [
  'src',
  'native',
  'packaging',
  'scripts',
  'test',
  'binding.gyp',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'vitest.config.ts',
];

const noSuchMutation = 2;
const [wanted = ''] = process.argv.slice(2);
const chosen = mutations.filter(({ name }) => name.includes(wanted));
if (chosen.length === 0) {
  console.error(`no mutation has '${wanted}' in its name`);
  process.exit(noSuchMutation);
}
passWithoutMutation();
const survivors = chosen.filter((mutation) => !isCaught(mutation));
console.log(`${chosen.length - survivors.length} passed, ${survivors.length} failed`);
process.exit(survivors.length === 0 ? 0 : 1);

/** A test that fails anyway shows nothing. */
function passWithoutMutation() {
  makeCopy();
  compile();
  const tests = new Set(chosen.map(({ test }) => test));
  if (run('vitest', 'run', ...tests) !== 0) throw new Error(`${[...tests].join(', ')} fail without any mutation`);
}

/** @param {import('./mutations.mjs').Mutation} mutation */
function isCaught({ name, file, find, replace, test }) {
  makeCopy();
  const original = readFileSync(join(copy, file), 'utf8');
  if (original.split(find).length !== 2) throw new Error(`mutation '${name}' does not fit ${file} any more`);
  const imports = file.endsWith('pool-file.ts') ? "import { copyFileSync, renameSync } from 'node:fs';\n" : '';
  writeFileSync(join(copy, file), imports + original.replace(find, () => replace));
  if (file.startsWith('native/') && !builds('.', 'test/unit/native')) throw new Error(`'${name}' does not compile`);
  compile();
  const start = performance.now();
  const caught = run('vitest', 'run', test) !== 0;
  console.log(`${caught ? 'caught  ' : 'SURVIVED'} ${name} (${test}, ${Math.round(performance.now() - start)} ms)`);
  return caught;
}

function makeCopy() {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(join(copy, 'build'), { recursive: true });
  for (const path of copied) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(join(checkout, path), join(copy, path), { recursive: true, preserveTimestamps: true });
  }
  cpSync(join(checkout, 'build/Release'), join(copy, 'build/Release'), { recursive: true, preserveTimestamps: true });
}

/** Makes the programs as users run them, and the modules. Types do not matter here: a mutant may leave something unused. */
function compile() {
  run('tsc', '-p', 'tsconfig.build.json', '--noCheck');
  if (run('node', 'scripts/bundle.mjs') !== 0) throw new Error('the programs cannot be bundled');
}

/** @param {string[]} folders */
function builds(...folders) {
  return folders.every((folder) => run('node-gyp', ...gypWords(folder)) === 0);
}

/** @param {string} program @param {string[]} words */
function run(program, ...words) {
  const PATH = `${join(checkout, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`;
  return spawnSync(program, words, { cwd: copy, stdio: 'ignore', env: { ...process.env, PATH } }).status;
}
