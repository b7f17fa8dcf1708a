import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where things of changes of addresses are kept. */
export interface ChangePaths {
  /** The record of a change under way. */
  readonly record: string;
  /** What whoever changes addresses has locked. */
  readonly lock: string;
  /** The files that the changes replaced. */
  readonly originals: string;
  /** The changes that were made. */
  readonly history: string;
  /** When the latest changes were made. */
  readonly counts: string;
}

/** In a folder that is the daemon's own. */
export function changePaths(stateDirectory: string): ChangePaths {
  const path = (end: string): string => join(stateDirectory, `ip-injection${end}`);
  return {
    ...{ record: path('.json'), lock: path('.lock'), originals: path('-originals.json') },
    ...{ history: path('-history.json'), counts: path('-counts.json') },
  };
}

/** All files of changes of addresses that are there, with those that were cut off half-written, and those that were put aside. */
export function changeFiles(stateDirectory: string): readonly string[] {
  if (!existsSync(stateDirectory)) return [];
  const own = readdirSync(stateDirectory).filter((name) => /^\.?ip-injection[-.]/.test(name));
  return own.sort().map((name) => join(stateDirectory, name));
}
