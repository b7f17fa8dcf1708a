// Whether both commands of the README hold on fresh machines: run.mjs [--quick] [PART OF A ROW'S NAME]. Takes root and a network, for Debian's archive and npm's registry.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { parseArgs, stripVTControlCharacters } from 'node:util';
import { play } from './machine.mjs';
import { rows } from './rows.mjs';

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [part = ''] = positionals;
const logs = join(import.meta.dirname, '../../../build/fresh');
rmSync(logs, { recursive: true, force: true });
mkdirSync(logs, { recursive: true });

const chosen = rows.filter(({ name, isQuick = false }) => isQuick === values.quick && name.includes(part));
const width = Math.max(...chosen.map(({ name }) => name.length));
/** @type {string[]} */
const troubles = [];
for (const row of chosen) {
  const log = join(logs, `${row.name}.log`);
  const outcomes = [...play(row, log)];
  const cells = outcomes.map(({ name, seconds, said }) => `${name} ${seconds} s${counts(said)}`);
  const failure = outcomes.find(({ status }) => status !== 0);
  console.log(`${failure === undefined ? 'ok    ' : 'FAILED'} ${row.name.padEnd(width)}  ${cells.join(', ')}`);
  if (failure !== undefined) troubles.push(`\n${row.name}, ${failure.name} (${log}):\n${lastLines(failure.said)}`);
}
for (const trouble of troubles) console.log(trouble);
console.log(`${chosen.length - troubles.length} passed, ${troubles.length} failed`);
process.exitCode = troubles.length === 0 && chosen.length > 0 ? 0 : 1;

/** What vitest says at its end. @param {string} said */
function counts(said) {
  const [, found] = /^ +Tests +(.*) \(\d+\)$/m.exec(stripVTControlCharacters(said)) ?? [];
  return found === undefined ? '' : ` (${found.replaceAll(' | ', ', ')})`;
}

/** Those that say what failed, if it was a test. @param {string} said */
function lastLines(said) {
  const lines = stripVTControlCharacters(said).split('\n');
  const failed = lines.findIndex((line) => line.includes('Failed Tests'));
  return (failed === -1 ? lines.slice(-20) : lines.slice(failed)).join('\n');
}
