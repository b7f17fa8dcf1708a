// Installs and builds whatever a fresh clone or a pull left out of date, so that demo and tests need no other command.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

/** @param {string} file */
function changedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity;
}

/** @param {string[]} words */
function npm(...words) {
  const { status } = spawnSync('npm', words, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}

if (changedAt('node_modules/.package-lock.json') < changedAt('package-lock.json')) {
  // The addon is built by the build below, and no dependency needs a script.
  npm('ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
}
npm('run', '--silent', 'build');
