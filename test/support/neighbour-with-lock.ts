import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** Another program that holds the lock on a file until the test ends or it is told to let go. */
export async function neighbourWithLock(file: string): Promise<{ readonly letGo: () => void }> {
  const neighbour = spawn('flock', [file, 'sh', '-c', 'echo locked; read line'], { stdio: ['pipe', 'pipe', 'ignore'] });
  onTestFinished(() => {
    neighbour.kill();
  });
  await once(neighbour.stdout, 'data');
  return {
    letGo: () => {
      neighbour.stdin.end();
    },
  };
}
