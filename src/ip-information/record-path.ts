import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where the record of a change under way is; the folder is the daemon's own. */
export function recordPath(stateDirectory: string): string {
  return join(stateDirectory, 'ip-injection.json');
}

/** What whoever changes addresses has locked. */
export function lockPath(stateDirectory: string): string {
  return join(stateDirectory, 'ip-injection.lock');
}

/** Where the files that the changes replaced are kept. */
export function originalsPath(stateDirectory: string): string {
  return join(stateDirectory, 'ip-injection-originals.json');
}

/** Where the changes that were made are listed. */
export function historyPath(stateDirectory: string): string {
  return join(stateDirectory, 'ip-injection-history.json');
}

/** Where the latest changes are counted. */
export function countsPath(stateDirectory: string): string {
  return join(stateDirectory, 'ip-injection-counts.json');
}

/** All files of changes of addresses that are there, with those that were cut off half-written, and those that were put aside. */
export function changeFiles(stateDirectory: string): readonly string[] {
  if (!existsSync(stateDirectory)) return [];
  const own = readdirSync(stateDirectory).filter((name) => /^\.?ip-injection[-.]/.test(name));
  return own.sort().map((name) => join(stateDirectory, name));
}
