import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';

/** The built program, as users run it. */
export const hvkvpProgram = join(import.meta.dirname, '../../dist/bin/hvkvp.js');

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command of hvkvp while it runs, with what it has printed so far. */
export class HvkvpProcess {
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  stdout = '';
  stderr = '';
  readonly #closed: Promise<unknown>;
  #isClosed = false;
  #wake: (() => void) | undefined;

  constructor(words: readonly string[], environment: NodeJS.ProcessEnv = {}) {
    this.process = spawn(process.execPath, [hvkvpProgram, ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    this.#closed = once(this.process, 'close');
    this.process.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      this.stdout += chunk;
      this.#wake?.();
    });
    this.process.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      this.stderr += chunk;
    });
    this.process.once('close', () => {
      this.#isClosed = true;
      this.#wake?.();
    });
    onTestFinished(() => {
      this.process.kill('SIGKILL');
    });
  }

  /** Waits until it has printed a text. */
  async printed(text: string): Promise<void> {
    while (!this.stdout.includes(text)) {
      if (this.#isClosed) throw new Error(`hvkvp ended and did not print '${text}': ${this.stdout}${this.stderr}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async ended(): Promise<Ended> {
    await this.#closed;
    return { status: this.process.exitCode, stdout: this.stdout, stderr: this.stderr };
  }
}

/** Runs a command to its end. */
export async function hvkvp(words: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return await new HvkvpProcess(words, environment).ended();
}
