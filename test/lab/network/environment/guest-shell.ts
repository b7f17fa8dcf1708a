import { type ChildProcess, spawn } from 'node:child_process';
import { patience } from './patience.ts';

/** What a command came to. */
export interface Outcome {
  /** Both streams. */
  readonly output: string;
  readonly status: number;
}

const timeoutMs = 30_000;
const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** The status, which the shell prints after what a command has printed, between bytes that are in no text. */
const end = /\0(\d+)\0$/;

/** A shell in a guest that runs one command after another: to go into its namespaces takes longer than most commands. */
export class GuestShell {
  readonly #systemd: string;
  #shell: ChildProcess | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** Of the guest whose systemd has this process id. */
  constructor(systemd: string) {
    this.#systemd = systemd;
  }

  /** Throws if the command does not end in time. What it leaves in the background must not print. */
  async run(command: string): Promise<Outcome> {
    const outcome = this.#last.then(() => this.#next(command));
    this.#last = outcome.catch(() => undefined);
    return await outcome;
  }

  async #next(command: string): Promise<Outcome> {
    const shell = (this.#shell ??= this.#enter());
    return await new Promise((resolve, reject) => {
      let output = '';
      const settle = (why?: string): void => {
        clearTimeout(timer);
        shell.stdout?.removeAllListeners('data');
        shell.removeAllListeners('close');
        const [, status] = end.exec(output) ?? [];
        if (status !== undefined) {
          resolve({ output: output.replace(end, ''), status: Number(status) });
          return;
        }
        shell.kill('SIGKILL');
        this.#shell = undefined;
        reject(new Error(`${command}: ${why ?? ''}: ${output}`));
      };
      const timer = setTimeout(settle, timeoutMs * patience.factor, 'it did not end in time');
      shell.stdout?.on('data', (text: string) => {
        output += text;
        if (end.test(output)) settle();
      });
      shell.once('close', () => {
        settle('the shell ended');
      });
      shell.stdin?.write(`(eval ${quoted(command)}) </dev/null 2>&1; printf '\\0%s\\0' $?\n`);
    });
  }

  #enter(): ChildProcess {
    const inside = ['--all', '--root', '--wd', '--target', this.#systemd, 'sh'];
    const shell = spawn('nsenter', inside, { env: { PATH: path }, stdio: ['pipe', 'pipe', 'ignore'] });
    shell.stdout.setEncoding('utf8');
    // It ends with the guest.
    shell.stdin.on('error', () => undefined);
    return shell;
  }
}

export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
