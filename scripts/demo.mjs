// npm run demo: builds what is out of date, then shows a simulated Hyper-V host talking to the daemon.
import { installDependencies } from './dependencies.mjs';
import { build } from './parts.mjs';
import { must } from './run.mjs';

installDependencies();
build('native', 'typescript');
must('node', 'dist/bin/hvkvp.js', 'simulate', '--script', 'examples/demo.kvp', ...process.argv.slice(2));
