import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './folders.ts';

/**
 * The folder `name` of the cache, filled by `make` if it is not there yet: once, whoever else asks meanwhile. It gets its
 * name only when complete: a run cut short, or two at once, leave nothing half-made.
 */
export function cached(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = asked.get(name) ?? filled(name, make);
  asked.set(name, folder);
  return folder;
}

const asked = new Map<string, Promise<string>>();

async function filled(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = cachePath(name);
  if (existsSync(folder)) return folder;

  const partial = `${folder}.${process.pid}.partial`;
  try {
    await mkdir(partial, { recursive: true });
    await make(partial);
    await rename(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}

/** Where `cached` keeps what it made under this name. */
export function cachePath(name: string): string {
  return join(cacheFolder, name);
}

/** A short name for the present content of a folder without subfolders. */
export async function fingerprint(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of (await readdir(folder)).sort()) {
    hash.update(name).update(await readFile(join(folder, name)));
  }
  return hash.digest('hex').slice(0, fingerprintLength);
}

const fingerprintLength = 12;
