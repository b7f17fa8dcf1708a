import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Removes a folder in which a helper whose daemon was killed may still be making a file: Node tries again to remove what it found, and no more. */
export async function removeFolder(folder: string): Promise<void> {
  const [tries, pauseMs] = [100, 50];
  for (let left = tries; ; left -= 1) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (left === 1) throw error;
      await pause(pauseMs);
    }
  }
}
