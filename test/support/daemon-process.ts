import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFailed, onTestFinished } from 'vitest';

/** The built program. */
export const daemonProgram = join(import.meta.dirname, '../../dist/bin/hv_kvp_daemon.js');

/** The program as users run it: by its launcher. */
export const startedProgram = [join(import.meta.dirname, '../../dist/bin/hv_kvp_daemon')] as const;

/** The daemon as a process in the foreground, with its log. */
export class DaemonProcess {
  readonly lines: string[] = [];
  readonly process: ChildProcess;
  readonly #exit: Promise<unknown>;
  #isClosed = false;
  #wake: (() => void) | undefined;

  /** `program` is what is run with the words: by default the daemon by Node, without its launcher. */
  constructor(
    words: readonly string[],
    environment: NodeJS.ProcessEnv = {},
    [program, ...before]: readonly [string, ...string[]] = [process.execPath, daemonProgram],
  ) {
    this.process = spawn(program, [...before, '-n', ...words], {
      stdio: ['ignore', 'ignore', 'pipe'],
      // As the launcher has it.
      env: { ...process.env, UV_USE_IO_URING: '0', ...environment },
    });
    this.#exit = once(this.process, 'exit');
    const { stderr } = this.process;
    if (stderr === null) throw new Error('standard error is not piped');
    createInterface(stderr).on('line', (line) => {
      this.lines.push(line);
      this.#wake?.();
    });
    this.process.once('close', () => {
      this.#isClosed = true;
      this.#wake?.();
    });
    onTestFailed(() => {
      console.error(`log of daemon ${String(this.process.pid)}:\n${this.#said()}`);
    });
    onTestFinished(() => {
      this.process.kill('SIGKILL');
    });
  }

  get pid(): number {
    const { pid } = this.process;
    if (pid === undefined) throw new Error('the daemon did not start');
    return pid;
  }

  /** Waits until a line of the log contains a text; returns the line. */
  async logged(text: string): Promise<string> {
    for (;;) {
      const line = this.lines.find((candidate) => candidate.includes(text));
      if (line !== undefined) return line;
      if (this.#isClosed) throw new Error(`the daemon ended and did not log '${text}': ${this.#said()}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Waits for something that takes the daemon; throws, with what it logged, if it ends before. */
  async living<T>(result: Promise<T>): Promise<T> {
    const end = this.ended().then((status) => {
      throw new Error(`the daemon ended with ${status}: ${this.#said()}`);
    });
    return await Promise.race([result, end]);
  }

  /** Waits for the end; returns the status, or the signal that ended it. */
  async ended(): Promise<number | string | null> {
    await this.#exit;
    return this.process.exitCode ?? this.process.signalCode;
  }

  /** Asks it to end; returns the status. */
  async terminate(): Promise<number | string | null> {
    this.process.kill('SIGTERM');
    return await this.ended();
  }

  #said(): string {
    return this.lines.join('\n');
  }
}
