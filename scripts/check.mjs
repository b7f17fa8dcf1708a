// npm run check [-- NAME...]: formatting, types and lint of all files, or some of these checks.
import { installDependencies } from './dependencies.mjs';
import { nativeFiles } from './native-files.mjs';
import { build } from './parts.mjs';
import { ExpectedError } from './plain-errors.mjs';
import { must } from './run.mjs';

/** @type {Readonly<Record<string, () => void>>} */
const checks = {
  format() {
    must('biome', 'format');
    must('clang-format', '--dry-run', '-Werror', ...nativeFiles());
  },
  types() {
    must('tsc', '--noEmit');
  },
  lint() {
    must('eslint', '--max-warnings=0', '.');
  },
};

installDependencies();
// Some tests' programs import the built modules.
build('typescript');
const names = process.argv.slice(2);
for (const name of names.length > 0 ? names : Object.keys(checks)) {
  const check = checks[name];
  if (check === undefined) throw new ExpectedError(`there is no check ${name}, only ${Object.keys(checks).join(', ')}`);
  check();
}
