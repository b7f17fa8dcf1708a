// npm test [-- --install] [WORD...]: builds what is out of date, checks formatting, types and lint, and has vitest, which gets the words,
// run the tests. Without programs that some of them run those are skipped; --install installs them.
import { install, installVariable } from './debian-packages.mjs';
import { installDependencies } from './dependencies.mjs';
import { build } from './parts.mjs';
import { zigEnvironment } from './python-packages.mjs';
import { must } from './run.mjs';
import { testPrograms } from './suites.mjs';

const words = process.argv.slice(2);
if (words.includes('--install')) {
  process.env[installVariable] = '1';
  install(testPrograms);
  zigEnvironment();
}
installDependencies();
build('native', 'typescript', 'twin');
must('node', 'scripts/check.mjs');
const reporters = ['--reporter=default', '--reporter=./test/support/skipped-lines.ts'];
must(
  'vitest',
  'run',
  '--exclude',
  'test/adversary/faults/**',
  ...reporters,
  ...words.filter((word) => word !== '--install'),
);
