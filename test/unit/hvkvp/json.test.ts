import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { createProgram } from '../../../src/hvkvp/program.ts';

/** The commands that do something, with the words that lead to them. */
function leaves(command: Command, above: readonly string[] = []): (readonly [string, Command])[] {
  const path = [...above, command.name()];
  if (command.commands.length === 0) return [[path.join(' '), command]];
  return command.commands.flatMap((each) => leaves(each, path));
}

it('every command speaks JSON', () => {
  const all = leaves(createProgram());
  const mute = all.filter(([, { options }]) => !options.some(({ long }) => long === '--json'));
  expect(all.length).toBeGreaterThan(20);
  expect(mute.map(([name]) => name)).toEqual([]);
});
