import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gypWords } from '../../../scripts/node-gyp.mjs';

const checkout = fileURLToPath(new URL('../../..', import.meta.url));
const copied = ['src', 'native', 'test', 'dist', 'binding.gyp', 'package.json', 'tsconfig.json', 'vitest.config.ts'];
const compilerFlags = ['-O1', '-g', '-fno-omit-frame-pointer'];
const gyp = join(checkout, 'node_modules/.bin/node-gyp');
const folders = { native: '.', twin: 'test/unit/native' };
const timeoutMs = 600_000;

/** A copy of the checkout whose addon is built for a tool: whatever runs in there, the daemon too, loads that one. */
export class Tree {
  /** @type {import('./tools.mjs').Tool} */
  #tool;
  // Below the checkout, where Node finds its node_modules.
  #folder;
  #reports;

  /** @param {import('./tools.mjs').Tool} tool */
  constructor(tool) {
    this.#tool = tool;
    this.#folder = join(checkout, 'build/sanitize', tool.folder);
    this.#reports = join(this.#folder, 'build/reports');
    rmSync(this.#folder, { recursive: true, force: true });
    for (const path of copied) {
      cpSync(join(checkout, path), join(this.#folder, path), { recursive: true, preserveTimestamps: true });
    }
    rmSync(join(this.#folder, 'test/unit/native/build'), { recursive: true, force: true });
    this.#build('native');
    if (tool.runsTests) this.#build('twin');
  }

  /** What the tool reports of us while every call of the addon is made; a failure is a report too. */
  exercise() {
    const words = [
      join(this.#folder, 'test/adversary/sanitize/exercise.mjs'),
      join(this.#folder, 'build/Release/hv_kvp.node'),
    ];
    return this.#watch(process.execPath, words);
  }

  /** What the tool reports of us while the addon is called with arguments that are none. @param {number} rounds */
  takeWrongArguments(rounds) {
    const words = [
      join(this.#folder, 'test/adversary/sanitize/wrong-arguments.mjs'),
      join(this.#folder, 'build/Release/hv_kvp.node'),
      String(rounds),
    ];
    return this.#watch(process.execPath, ['--no-deprecation', ...words]);
  }

  /** What the tool reports of us while tests run; a test that fails is a report too. @param {readonly string[]} tests */
  runTests(tests) {
    const words = [join(checkout, 'node_modules/vitest/vitest.mjs'), 'run', `--testTimeout=${timeoutMs}`, ...tests];
    return this.#watch(process.execPath, words);
  }

  /** Does something with a defect built in. @param {import('./defects.mjs').Defect} defect @param {() => void} action */
  withDefect({ name, file, find, replace }, action) {
    const path = join(this.#folder, file);
    const original = readFileSync(path, 'utf8');
    if (original.split(find).length !== 2) throw new Error(`defect '${name}' does not fit ${file} any more`);
    writeFileSync(
      path,
      original.replace(find, () => replace),
    );
    this.#build('native');
    action();
    writeFileSync(path, original);
  }

  /** @param {'native' | 'twin'} part */
  #build(part) {
    const { flags, name } = this.#tool;
    const environment = {
      CXXFLAGS: [...compilerFlags, ...flags].join(' '),
      LDFLAGS: flags.join(' '),
      JOBS: String(availableParallelism()),
    };
    const { status, output } = this.#run(environment, gyp, gypWords(folders[part]));
    if (status !== 0) throw new Error(`the addon cannot be built for ${name}: ${output}`);
  }

  /** @param {string} program @param {readonly string[]} words */
  #watch(program, words) {
    rmSync(this.#reports, { recursive: true, force: true });
    mkdirSync(this.#reports);
    const [first = program, ...others] = [...this.#tool.prefix(this.#reports), program, ...words];
    const { status, output } = this.#run(this.#tool.environment(this.#reports), first, others);
    const reports = readdirSync(this.#reports).map((name) => readFileSync(join(this.#reports, name), 'utf8'));
    const ours = reports.filter((report) => this.#tool.isOurs(report));
    // UndefinedBehaviorSanitizer beside another one reports to standard error.
    return status === 0 ? ours : [output, ...ours];
  }

  /** @param {NodeJS.ProcessEnv} environment @param {string} program @param {readonly string[]} words */
  #run(environment, program, words) {
    const env = { ...process.env, ...environment };
    const { status, error, stdout, stderr } = spawnSync(program, words, { cwd: this.#folder, encoding: 'utf8', env });
    if (error !== undefined) throw error;
    return { status, output: stdout + stderr };
  }
}
