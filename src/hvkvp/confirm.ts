import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { UsageError } from './failure.ts';

/** Asks the person at the terminal. Throws {@link UsageError} if there is none, or for a no, which the end of the input and Ctrl-C are, too. */
export async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY) throw new UsageError('not a terminal; pass --yes');
  const terminal = createInterface({
    ...{ input: process.stdin, output: process.stderr },
    prompt: `${question} [y/N] `,
  });
  terminal.prompt();
  const [answer] = (await Promise.race([once(terminal, 'line'), once(terminal, 'close')])) as [string?];
  terminal.close();
  if (!/^\s*y(?:es)?\s*$/i.test(answer ?? '')) throw new UsageError('nothing changed');
}
