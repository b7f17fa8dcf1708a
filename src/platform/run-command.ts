import type { ExecFileException } from 'node:child_process';
import { isSystemError } from '../device/system-error.ts';

/**
 * Runs a program, found on a fixed path, without a shell and with a clean environment, and kills it when its time is over
 * or `signal` says so. Never rejects because of what the program did.
 */
export type RunCommand = (
  program: string,
  args: readonly string[],
  options?: { readonly timeoutMs?: number; readonly signal?: AbortSignal },
) => Promise<CommandResult>;

/** What came of a command. */
export interface CommandResult {
  /** The exit status; undefined for a program that could not be started or was killed. */
  readonly status: number | undefined;
  readonly output: string;
  /** What it wrote to stderr, or else why it has no exit status. */
  readonly errors: string;
}

const defaultTimeoutMs = 3000;
/** How long what a program has written is waited for once it has ended. */
const lastWordsMs = 200;

/** Where programs are looked for; NixOS has them nowhere else but in the last place. */
export const searchPath = ['/usr/sbin', '/usr/bin', '/sbin', '/bin', '/run/current-system/sw/bin'];

const environment = {
  PATH: searchPath.join(':'),
  // The words of C, and names of files in UTF-8 as they are: without it, nmcli(1) writes "?" for what is no ASCII.
  LC_ALL: 'C.UTF-8',
};

/** The runner of {@link thisMachine}. */
export const runCommand: RunCommand = async (program, args, options = {}) => {
  // Loaded when first needed: a Linux guest at its start needs no command.
  const { execFile } = await import('node:child_process');
  return new Promise((resolve) => {
    const { timeoutMs, ...rest } = { timeoutMs: defaultTimeoutMs, ...options };
    let lastWords: NodeJS.Timeout | undefined;
    const ended: Ended = (error, output, errors) => {
      clearTimeout(lastWords);
      // The timer of the time-out is cleared, but Node would still wake up for it, once: a sooner one takes its place.
      setTimeout(() => undefined, 1).unref();
      resolve({ status: exitStatus(error), output, errors: errors || (error?.message ?? '') });
    };
    const surroundings = { timeout: timeoutMs, killSignal: 'SIGKILL', env: environment, cwd: '/' } as const;
    try {
      const child = execFile(program, args, { ...rest, ...surroundings }, ended);
      child.stdin?.end();
      // A DHCP client that it has started may keep its output open for days.
      child.once('exit', () => {
        lastWords = setTimeout(() => {
          child.stdout?.destroy();
          child.stderr?.destroy();
        }, lastWordsMs);
      });
    } catch (error) {
      // If a program cannot be run, Node calls back with the error for some codes, and throws it for all others.
      if (!isSystemError(error)) throw error;
      resolve({ status: undefined, output: '', errors: error.message });
    }
  });
};

type Ended = (error: ExecFileException | null, output: string, errors: string) => void;

function exitStatus(error: ExecFileException | null): number | undefined {
  if (error === null) return 0;
  return typeof error.code === 'number' ? error.code : undefined;
}
