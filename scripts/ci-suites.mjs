// Prints the suites that every change must pass, one a line, with the options that .ci/run gives them; --json: as GitHub's matrix takes them.
import { suites } from './suites.mjs';

const lines = suites.flatMap(({ name, ci }) => (ci === undefined ? [] : [[name, ...ci].join(' ')]));
console.log(process.argv.includes('--json') ? JSON.stringify(lines) : lines.join('\n'));
