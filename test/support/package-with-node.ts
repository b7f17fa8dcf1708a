import { copyFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

const root = join(import.meta.dirname, '../..');

/** A package whose Node is a script: what it finds is what a program would inherit. */
export function packageWithNode(script: string): string {
  const folder = temporaryFolder();
  for (const each of ['bin', 'dist/bin', 'build/Release']) mkdirSync(join(folder, each), { recursive: true });
  copyFileSync(join(root, 'build/Release/launcher'), join(folder, 'build/Release/launcher'));
  cpSync(join(root, 'dist/bin'), join(folder, 'dist/bin'), { recursive: true });
  writeFileSync(join(folder, 'bin/node'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return folder;
}
