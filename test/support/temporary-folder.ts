import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of the running test's own, gone when it ends. */
export function temporaryFolder(place = tmpdir()): string {
  const folder = mkdtempSync(join(place, 'hyperv-kvp-'));
  onTestFinished(() => {
    // Several tries: a helper whose daemon was killed may still be making a file.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  });
  return folder;
}
