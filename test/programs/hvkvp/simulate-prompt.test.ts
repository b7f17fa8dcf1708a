import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hvkvp } from '../../support/hvkvp.ts';
import { Terminal } from '../../support/terminal.ts';

const program = join(import.meta.dirname, '../../../dist/bin/hvkvp.js');
const arrowUp = '\u001b[A';

/** A simulated guest at a terminal, which asks for a command. */
async function atPrompt(): Promise<Terminal> {
  const terminal = new Terminal([process.execPath, program, 'simulate']);
  await terminal.shows('host> ');
  return terminal;
}

it('completes commands and pools, and has what was typed before', async () => {
  const terminal = await atPrompt();
  terminal.type('enum\t');
  await terminal.reads('host> enumerate ');
  terminal.type('ext\t');
  await terminal.reads('host> enumerate external ');
  terminal.type('\n');
  await terminal.shows('0 external');
  terminal.type('get auto-e\t');
  await terminal.reads('get auto-external ');
  terminal.type(`\u0015${arrowUp}`);
  await terminal.shows('host> enumerate external ');
  terminal.type('\u0015quit\n');
  expect(await terminal.ended()).toBe(0);
});

it('says what a mistyped command was meant to be, and how one with too few words is used', async () => {
  const terminal = await atPrompt();
  terminal.type('sett 0 key value\n');
  await terminal.shows("unknown command 'sett'; did you mean 'set'?");
  terminal.type('set 0 key\n');
  await terminal.shows('missing argument; usage: set POOL KEY VALUE [--type u32|u64]');
  terminal.type('help get\n');
  await terminal.shows('get POOL KEY ');
  terminal.type('help gett\n');
  await terminal.shows("did you mean 'get'?");
  terminal.type('quit\n');
  expect(await terminal.ended()).toBe(0);
});

it('prints the daemon’s log above the line that is being typed, and draws that again', async () => {
  const terminal = await atPrompt();
  terminal.type('get 0 half-typed');
  await terminal.shows('half-typed');
  const [, control = ''] = /control socket ([^,]+),/.exec(terminal.shown) ?? [];
  const { pid } = JSON.parse(hvkvp(['status', '--json', '--socket', control]).stdout) as { pid: number };
  process.kill(pid, 'SIGHUP');
  await terminal.shows('configuration reloaded');
  const log = terminal.shown.indexOf('configuration reloaded');
  expect(terminal.shown.slice(0, log)).toMatch(/\u001b\[2K {2}daemon: [^\n]*$/);
  terminal.type('\n');
  await terminal.shows('no more items');
  expect(terminal.shown.slice(log)).toContain('host> get 0 half-typed');
});
