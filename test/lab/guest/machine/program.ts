import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs a program to its end; returns its standard output, throws with what it said if it fails. */
export async function run(program: string, args: readonly string[], cwd?: string): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, { cwd, maxBuffer: outputLimit });
  return stdout;
}

const outputLimit = 64 * 1024 * 1024;
