import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { onTestFinished } from 'vitest';

/** Stands in for a terminal, and prints what a program writes to it. */
const pseudoTerminal = `import os, pty, sys\nsys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))`;
/** What moves the cursor, and what clears. */
const movements = /\u001b\[[\d;]*[A-HJK]/g;
/** Keys. */
export const controlC = '\u0003';
export const controlD = '\u0004';

/** A program at a terminal that does not know its size, with what it has shown so far: all that it was sent, and typed keys. */
export class Terminal {
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #closed: Promise<unknown>;
  #isClosed = false;
  #shown = '';
  #wake: (() => void) | undefined;

  constructor(words: readonly string[], environment: NodeJS.ProcessEnv = {}) {
    const own = { NO_COLOR: undefined, FORCE_COLOR: undefined, CI: undefined, TERM: 'xterm-256color' };
    this.process = spawn('python3', ['-c', pseudoTerminal, ...words], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...own, ...environment },
    });
    this.#closed = once(this.process, 'close');
    this.process.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      this.#shown += chunk;
      this.#wake?.();
    });
    this.process.once('close', () => {
      this.#isClosed = true;
      this.#wake?.();
    });
    onTestFinished(() => {
      this.process.kill('SIGKILL');
    });
  }

  /** With the line ends that programs write, not those of terminals. */
  get shown(): string {
    return this.#shown.replaceAll('\r\n', '\n');
  }

  type(keys: string): void {
    this.process.stdin.write(keys);
  }

  /** Waits until a text is shown. */
  shows(text: string): Promise<void> {
    return this.#until(text, () => this.shown);
  }

  /** Waits until a text can be read, whatever moves the cursor within it: a line may be drawn again while it is typed. */
  reads(text: string): Promise<void> {
    return this.#until(text, () => this.shown.replace(movements, ''));
  }

  async #until(text: string, shown: () => string): Promise<void> {
    while (!shown().includes(text)) {
      if (this.#isClosed) throw new Error(`the program ended and did not show '${text}': ${this.shown}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Waits for the end; returns the status. */
  async ended(): Promise<number | null> {
    await this.#closed;
    return this.process.exitCode;
  }
}
