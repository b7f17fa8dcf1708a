import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export type Role = 'hold-fcntl' | 'hold-flock' | 'fcntl' | 'flock' | 'reader' | 'truncater' | 'cloud-init';

const program = fileURLToPath(new URL('../programs/neighbour.py', import.meta.url));

/** A program that shares a pool file with us, see neighbour.py. */
export class Neighbour {
  readonly #child: ChildProcess;
  readonly #chunks: Buffer[] = [];

  private constructor(role: Role, path: string, pauseMs: number, pythonPath: string) {
    this.#child = spawn('python3', [program, role, path, String(pauseMs)], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, PYTHONPATH: pythonPath },
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    onTestFinished(() => {
      this.#child.kill('SIGKILL');
    });
  }

  /** Resolves once it is about to begin. Needs python3. */
  static async start(
    role: Role,
    path: string,
    { pauseMs, pythonPath = '' }: { pauseMs: number; pythonPath?: string },
  ): Promise<Neighbour> {
    const neighbour = new Neighbour(role, path, pauseMs, pythonPath);
    const [event] = (await Promise.race([
      once(neighbour.#child, 'error').then(([error]) => [error as Error]),
      neighbour.#child.stdout === null ? [] : once(neighbour.#child.stdout, 'data'),
    ])) as [Error | Buffer];
    if (event instanceof Error) throw event;
    return neighbour;
  }

  /** Ends it and returns what it saw. */
  async end(): Promise<unknown> {
    this.#child.stdin?.end();
    await once(this.#child, 'close');
    const [, result] = Buffer.concat(this.#chunks).toString().split('\n');
    if (result === undefined || result === '') {
      throw new Error(`a neighbour failed with status ${this.#child.exitCode}`);
    }
    return JSON.parse(result);
  }
}
