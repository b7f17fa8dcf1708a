import type { Command } from 'commander';
import { isWholeText } from '../message/whole-text.ts';
import { UsageError } from './failure.ts';

const namesPath = /^(file|dir|path)$/;

/** Throws for a path among a command's words that is not UTF-8: another one would be read or written. */
export function checkPaths(command: Command): void {
  const given = command.opts<Readonly<Record<string, unknown>>>();
  const options = command.options.map((option) => ({
    name: option.long ?? option.flags,
    kind: /<(\w+)>/.exec(option.flags)?.[1],
    word: given[option.attributeName()],
  }));
  const words = command.registeredArguments.map((argument, index) => ({
    name: argument.name(),
    kind: argument.name(),
    word: command.processedArgs[index] as unknown,
  }));
  for (const { name, kind = '', word } of [...options, ...words]) {
    if (namesPath.test(kind) && typeof word === 'string' && !isWholeText(word)) {
      throw new UsageError(`the path of ${name} is not valid UTF-8`);
    }
  }
}
