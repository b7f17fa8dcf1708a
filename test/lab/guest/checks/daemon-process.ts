import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';

/** How a process ended, and how long it took to. */
export interface Ending {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly afterMs: number;
}

/** A run of the daemon under test. */
export class DaemonProcess {
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;
  #log = '';

  constructor(command: readonly string[]) {
    const [program = '', ...args] = command;
    this.#process = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#ended = once(this.#process, 'exit');
    const keep = (text: Buffer): void => {
      this.#log += text.toString();
    };
    this.#process.stdout?.on('data', keep);
    this.#process.stderr?.on('data', keep);
  }

  /** Undefined if it could not be started. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  get isRunning(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** Waits for the end, from now on. */
  async ending(): Promise<Ending> {
    const start = performance.now();
    await this.#ended;
    return { status: this.#process.exitCode, signal: this.#process.signalCode, afterMs: performance.now() - start };
  }

  /** Bytes read so far, by the kernel's count: they grow by a message with each request that the daemon takes. */
  async bytesRead(): Promise<number> {
    const io = await readFile(`/proc/${this.#process.pid ?? ''}/io`, 'utf8');
    return Number(/^rchar: (\d+)/.exec(io)?.[1]);
  }

  /** What it has written so far, to both outputs. */
  get log(): string {
    return this.#log;
  }
}
