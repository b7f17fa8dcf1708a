import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { gypWords } from '../../../scripts/node-gyp.mjs';

export const checkout = fileURLToPath(new URL('../../..', import.meta.url));
const copied = [
  'src',
  'native',
  'packaging',
  'examples',
  'scripts',
  'test',
  'binding.gyp',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'vitest.config.ts',
  'build/Release',
];

const { options } = ts.parseJsonConfigFileContent({ extends: './tsconfig.build.json', files: [] }, ts.sys, checkout);

/** By itself a file does not tell that it is a module. */
const compilerOptions = { ...options, module: ts.ModuleKind.ESNext };

/** A copy of what the tests need, below the checkout, where Node finds its node_modules. */
export class MutantCopy {
  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder;
  }

  async make() {
    rmSync(this.folder, { recursive: true, force: true });
    for (const path of copied) {
      const to = join(this.folder, path);
      mkdirSync(dirname(to), { recursive: true });
      cpSync(join(checkout, path), to, { recursive: true, preserveTimestamps: true });
    }
    // Types do not matter here, now or later: a mutant may leave something unused. Its status tells of them, and it writes all the same.
    await this.#run('tsc', '-p', 'tsconfig.build.json', '--noCheck');
    await this.#must('node', 'scripts/bundle.mjs');
  }

  /** @param {import('./mutations.mjs').Mutation} mutation */
  async mutate({ name, file, find, replace }) {
    const original = readFileSync(join(checkout, file), 'utf8');
    if (original.split(find).length !== 2) throw new Error(`mutation '${name}' does not fit ${file} any more`);
    const imports = file.endsWith('pool-file.ts') ? "import { copyFileSync, renameSync } from 'node:fs';\n" : '';
    this.#write(file, imports + original.replace(find, () => replace));
    if (file.startsWith('native/')) {
      for (const folder of ['.', 'test/unit/native']) await this.#must('node-gyp', ...gypWords(folder));
    }
    if (file.startsWith('src/')) await this.#must('node', 'scripts/bundle.mjs');
  }

  /** Undoes a mutation. @param {import('./mutations.mjs').Mutation} mutation */
  async restore({ file }) {
    if (file.startsWith('native/')) return this.make();
    this.#write(file, readFileSync(join(checkout, file), 'utf8'));
    return undefined;
  }

  /** What the first test that fails says; undefined if all pass. @param {string[]} tests @returns {Promise<string | undefined>} */
  failureOf(...tests) {
    return this.#run('vitest', 'run', '--bail=1', ...tests);
  }

  /** And what the compiler makes of it. @param {string} file @param {string} text */
  #write(file, text) {
    writeFileSync(join(this.folder, file), text);
    const module = /^src\/(.*)\.ts$/.exec(file)?.[1];
    if (module === undefined) return;
    const { outputText } = ts.transpileModule(text, { compilerOptions });
    writeFileSync(join(this.folder, 'dist', `${module}.js`), outputText);
  }

  /** @param {string} program @param {string[]} words */
  async #must(program, ...words) {
    const said = await this.#run(program, ...words);
    if (said !== undefined) throw new Error(`${program} fails in ${this.folder}:\n${said}`);
  }

  /** @param {string} program @param {string[]} words @returns {Promise<string | undefined>} what it says if it fails */
  #run(program, ...words) {
    const PATH = `${join(checkout, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`;
    return new Promise((resolve) => {
      execFile(
        program,
        words,
        { cwd: this.folder, env: { ...process.env, PATH }, maxBuffer: Infinity },
        (error, stdout, stderr) => {
          resolve(error === null ? undefined : `${error.message}\n${stdout}${stderr}`);
        },
      );
    });
  }
}
