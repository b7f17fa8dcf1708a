import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

const program = join(import.meta.dirname, '../programs/daemon/programs/notify-socket.py');

/** The socket on which systemd hears of a service. */
export class NotifySocket {
  readonly #messages: AsyncIterator<string>;

  private constructor(child: ChildProcess) {
    if (child.stdout === null) throw new Error('standard output is not piped');
    this.#messages = createInterface(child.stdout)[Symbol.asyncIterator]();
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
  }

  /** Resolves once it listens; "@" begins the name of an abstract socket. Needs python3. */
  static async listen(name: string): Promise<NotifySocket> {
    const socket = new NotifySocket(spawn('python3', [program, name], { stdio: ['ignore', 'pipe', 'inherit'] }));
    await socket.next();
    return socket;
  }

  /** The assignments of the next message. */
  async next(): Promise<readonly string[]> {
    const { value } = (await this.#messages.next()) as { value: string };
    return JSON.parse(value) as string[];
  }
}
