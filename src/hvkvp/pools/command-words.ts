import { UsageError } from '../failure.ts';

/** The words of a command, parted as a shell does, with its quotes and backslashes and nothing else. Throws {@link UsageError}. */
export function commandWords(command: string): readonly [string, ...string[]] {
  const words: string[] = [];
  let word: string | undefined;
  const pieces = command.matchAll(/(\s+)|'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|([^])/g);
  for (const [, blank, single, double, escaped, plain = ''] of pieces) {
    if (blank !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    if (/^['"\\]$/.test(plain)) throw new UsageError(`the command has a ${plain} that is not closed: ${command}`);
    word = `${word ?? ''}${single ?? double?.replaceAll(/\\(["\\])/g, '$1') ?? escaped ?? plain}`;
  }
  if (word !== undefined) words.push(word);
  const [program, ...rest] = words;
  if (program === undefined) throw new UsageError('the command is empty');
  return [program, ...rest];
}
