import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

const checkout = join(import.meta.dirname, '../..');

/** The folder of a copy of the built programs, which every user may read. */
export function installedPackage(): string {
  const folder = temporaryFolder();
  for (const path of ['dist', 'build/Release/hv_kvp.node', 'build/Release/launcher', 'package.json']) {
    cpSync(join(checkout, path), join(folder, path), { recursive: true });
  }
  spawnSync('chmod', ['-R', 'go+rX', folder]);
  return folder;
}
