import { statSync } from 'node:fs';
import { join } from 'node:path';
import { checkout, must } from './run.mjs';

/** Has npm install the packages of the lock file, unless they are there. */
export function installDependencies() {
  if (changedAt('node_modules/.package-lock.json') >= changedAt('package-lock.json')) return;
  // The addon is built apart, and no dependency needs a script. Whoever asked npm to be silent did not mean its errors.
  must('npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
}

/** @param {string} file */
function changedAt(file) {
  return statSync(join(checkout, file), { throwIfNoEntry: false })?.mtimeMs ?? -Infinity;
}
