import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { removeFolder } from './remove-folder.ts';

/** A folder of the running test's own, gone when it ends. */
export function temporaryFolder(place = tmpdir()): string {
  const folder = mkdtempSync(join(place, 'hyperv-kvp-'));
  onTestFinished(() => removeFolder(folder));
  return folder;
}
