// Checks what is packed: its exports, the types that each way of import finds, and the documentation site with its links.
import { run } from './run.mjs';

const checks = [
  ['publint', '--strict'],
  ['attw', '--pack', '.', '--profile', 'esm-only', '--quiet'],
  ['typedoc'],
  ['node', 'scripts/check-links.mjs'],
];
const failed = checks.filter(([program = '', ...words]) => run(program, ...words) !== 0).length;
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
