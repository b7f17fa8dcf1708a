import type { Command } from 'commander';
import { endWithOutput } from '../process/output-failure.ts';
import { tellFailure, tellOutputFailure } from './failed.ts';
import { createProgram } from './program.ts';

/** Runs a command line of `hvkvp`, the program's name left out, and sets the exit status. */
export async function run(words: readonly string[]): Promise<void> {
  const program = createProgram();
  const name = nameOf(program, words);
  endWithOutput((trouble) => tellOutputFailure(trouble, name));
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    process.exitCode = tellFailure(error, name);
  }
}

/** The command that the words name, as in messages: `hvkvp ip plan`. */
function nameOf(program: Command, words: readonly string[]): string {
  const names = [program.name()];
  let command = program;
  for (const word of words) {
    const found = command.commands.find((each) => each.name() === word);
    if (found === undefined) break;
    names.push(word);
    command = found;
  }
  return names.join(' ');
}
