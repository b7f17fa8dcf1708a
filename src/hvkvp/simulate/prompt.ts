import { clearLine, createInterface, cursorTo, type Interface } from 'node:readline';
import { poolName, poolNumbers } from '../../message/pool.ts';
import type { Output } from '../output.ts';
import { actionNames } from './actions.ts';
import { prompt } from './telling.ts';

const names = [...actionNames, ...poolNumbers.map(poolName)];

/** What may stand at the end of a line that is being typed: commands at its beginning, pools behind them. */
function complete(line: string): [string[], string] {
  const [last = ''] = /\S*$/.exec(line) ?? [];
  const isFirst = last === line.trimStart();
  const fitting = (isFirst ? actionNames : names).filter((name) => name.startsWith(last));
  return [fitting.map((name) => `${name} `), last];
}

/** Lines of standard input. For people it asks for each one, and what is printed meanwhile goes above the question. */
export class Prompt {
  readonly #output: Output;
  readonly #lines: Interface;
  #isOpen = true;
  #isAsking = false;

  constructor(output: Output) {
    this.#output = output;
    this.#lines = createInterface({
      input: process.stdin,
      ...(!output.json && { output: process.stdout, prompt, completer: complete }),
    });
    this.#lines.once('close', () => {
      this.#isOpen = false;
    });
  }

  /** Asks for each line before it comes. */
  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    this.#ask();
    for await (const line of this.#lines) {
      this.#isAsking = false;
      yield line;
      this.#ask();
    }
  }

  /** Prints something that comes of itself: at a terminal above the line that is being typed, which is drawn again. */
  above(print: () => void): void {
    if (!(this.#isAsking && this.#isOpen && this.#lines.terminal)) {
      print();
      return;
    }
    cursorTo(process.stdout, 0);
    clearLine(process.stdout, 0);
    print();
    this.#lines.prompt(true);
  }

  close(): void {
    this.#lines.close();
  }

  #ask(): void {
    this.#isAsking = true;
    if (this.#output.json) return;
    // Once a pipe is read to its end, Node 24 and later refuse to prompt, whatever lines are still to come.
    if (this.#isOpen) this.#lines.prompt();
    else this.#output.write(prompt);
  }
}
