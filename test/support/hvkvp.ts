import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** The built program, as users run it. */
export const hvkvpProgram = join(import.meta.dirname, '../../dist/bin/hvkvp.js');

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string | Buffer;
  /** As a user who owns nothing; for tests that run as root. */
  readonly asNobody?: boolean;
}

const nobody = 65534;
const mostOutput = 64 * 1024 * 1024;

/** Runs `hvkvp` to its end. */
export function hvkvp(words: readonly string[], { input = '', asNobody = false }: RunOptions = {}): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [hvkvpProgram, ...words], {
    input,
    encoding: 'utf8',
    maxBuffer: mostOutput,
    ...(asNobody ? { uid: nobody, gid: nobody } : {}),
  });
  return { status, stdout, stderr };
}

/** A run that goes on; its lines one by one. */
export class RunningHvkvp {
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  readonly #lines: AsyncIterator<string>;

  constructor(words: readonly string[]) {
    this.process = spawn(process.execPath, [hvkvpProgram, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#lines = createInterface(this.process.stdout)[Symbol.asyncIterator]();
    onTestFinished(() => {
      this.process.kill('SIGKILL');
    });
  }

  /** The next line of standard output; undefined at its end. */
  async line(): Promise<string | undefined> {
    const next = await this.#lines.next();
    return next.done === true ? undefined : next.value;
  }
}
