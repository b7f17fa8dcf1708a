import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** The built program, as users run it. */
export const daemonProgram = join(import.meta.dirname, '../../dist/bin/hv_kvp_daemon.js');

/** The daemon as a process in the foreground, with its log. */
export class DaemonProcess {
  readonly lines: string[] = [];
  readonly process: ChildProcess;
  readonly #exit: Promise<unknown>;
  #wake: (() => void) | undefined;

  /** `launcher` starts Node, in whatever surroundings. */
  constructor(
    words: readonly string[],
    environment: NodeJS.ProcessEnv = {},
    [program, ...launcherWords]: readonly [string, ...string[]] = [process.execPath],
  ) {
    this.process = spawn(program, [...launcherWords, daemonProgram, '-n', ...words], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...environment },
    });
    this.#exit = once(this.process, 'exit');
    const { stderr } = this.process;
    if (stderr === null) throw new Error('standard error is not piped');
    createInterface(stderr).on('line', (line) => {
      this.lines.push(line);
      this.#wake?.();
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
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
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
}
