// npm run check [-- NAME...]: formatting, types and lint of all files, or some of these checks. All at once: each takes one processor.
import { installDependencies } from './dependencies.mjs';
import { nativeFiles } from './native-files.mjs';
import { build } from './parts.mjs';
import { ExpectedError } from './plain-errors.mjs';
import { runBeside } from './run.mjs';

/** @type {Readonly<Record<string, () => readonly Promise<number>[]>>} */
const checks = {
  format: () => [runBeside('biome', 'format'), runBeside('clang-format', '--dry-run', '-Werror', ...nativeFiles())],
  types: () => [runBeside('tsc', '--noEmit')],
  lint: () => [runBeside('eslint', '--max-warnings=0', '.')],
};

installDependencies();
// Some tests' programs import the built modules.
build('typescript');
const names = process.argv.slice(2);
const chosen = (names.length > 0 ? names : Object.keys(checks)).map((name) => {
  const check = checks[name];
  if (check === undefined) throw new ExpectedError(`there is no check ${name}, only ${Object.keys(checks).join(', ')}`);
  return check;
});
const statuses = await Promise.all(chosen.flatMap((check) => check()));
process.exitCode = statuses.find((status) => status !== 0) ?? 0;
