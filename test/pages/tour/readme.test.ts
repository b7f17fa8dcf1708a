import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { PoolNumber } from '../../../src/message/pool.ts';
import { platform } from '../../../src/platform/platform.ts';
import { needs, root } from '../../support/needs.ts';
import { type TouredGuest, touredGuest } from './guest.ts';
import { keptIfUnchanged } from './unchanged.ts';

const readme = join(import.meta.dirname, '../../../README.md');
const blocks = /(?<=^```console\n).*?(?=^```$)/gms;
const commands = /^\$ .+$/gm;

/** What is shown for the commands of a block, typed one after the other, with the commands. */
async function typed(block: string, guest: TouredGuest): Promise<string> {
  let shown = '';
  for (const [line] of block.matchAll(commands)) {
    const terminal = guest.run(line.slice('$ '.length), { NO_COLOR: '1' });
    if (line.includes('wait')) await guest.host.set(PoolNumber.external, 'Owner', 'Grace Hopper');
    expect(await terminal.ended(), terminal.shown).toBe(0);
    // What this very machine reports to its host.
    shown += `${line}\n${terminal.shown.replace(/\r?\n\r?\nreported to the host.*$/s, '\n')}`;
  }
  return shown;
}

it('the README’s tour shows what the commands print; `npm run docs -- tour` writes it', {
  timeout: 60_000,
}, async () => {
  // The status shows whose rights the daemon has.
  needs(root);
  const text = readFileSync(readme, 'utf8');
  const guest = await touredGuest();
  const device = platform('linux').devicePath;
  let fresh = text;
  for (const [block] of text.matchAll(blocks)) {
    const shown = (await typed(block, guest)).replaceAll(join(dirname(guest.pools), 'device'), device);
    fresh = fresh.replace(block, () => keptIfUnchanged(block, shown));
  }
  expect(text.match(commands)?.length).toBeGreaterThan(4);
  await expect(fresh).toMatchFileSnapshot(readme);
});
