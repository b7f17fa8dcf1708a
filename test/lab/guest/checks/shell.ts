import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs a script until its first command that fails; then throws with what that said. */
export async function shell(script: string): Promise<void> {
  await promisify(execFile)('sh', ['-ec', script]);
}
