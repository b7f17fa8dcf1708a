import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { TestRunner } from 'vitest';

/** Something that not every machine has. */
export interface Need {
  readonly isMet: () => boolean;
  /** Why a test is skipped without it. */
  readonly otherwise: string;
}

export const root: Need = { isMet: once(() => process.getuid?.() === 0), otherwise: 'it takes root' };

export function system(name: NodeJS.Platform): Need {
  return { isMet: () => process.platform === name, otherwise: `it is about ${name}` };
}

export function processor(name: NodeJS.Architecture): Need {
  return { isMet: () => process.arch === name, otherwise: `it is about the processor ${name}` };
}

/** Root, and what another user needs to run the built programs, which may lie in a folder that is root's alone. */
export const otherUsers: Need = {
  isMet: once(() => root.isMet() && canRun({ uid: 61_234, gid: 61_235 })),
  otherwise: 'it takes root, and a checkout that every user can read',
};

function canRun(user: { readonly uid: number; readonly gid: number }): boolean {
  const read = 'require("node:fs").readFileSync(process.argv[1])';
  const words = ['-e', read, join(import.meta.dirname, '../../dist/library.js')];
  return spawnSync(process.execPath, words, { stdio: 'ignore', cwd: '/', ...user }).status === 0;
}

/** With them, the programs by which a test makes a network of its own. */
export const namespaces: Need = {
  isMet: once(() => spawnSync('unshare', ['--net', '--mount', 'ip', 'link'], { stdio: 'ignore' }).status === 0),
  otherwise: 'it takes root, namespaces, and the programs unshare and ip',
};

/** What rc(8) can start a program in. */
export const plainPath: Need = {
  isMet: () => !/\s/.test(import.meta.dirname),
  otherwise: 'it takes a checkout without a space in its path',
};

/** A mount namespace of its own, which a user may have too, but for some systems and containers. */
export const ownMounts: Need = {
  isMet: once(() => spawnSync('unshare', [...mountNamespace(), 'true'], { stdio: 'ignore' }).status === 0),
  otherwise: 'mount namespaces are not allowed here',
};

/** Options of unshare(1) for {@link ownMounts}. */
export function mountNamespace(): readonly string[] {
  return process.getuid?.() === 0 ? ['--mount'] : ['--map-root-user', '--mount'];
}

export function program(name: string): Need {
  return {
    isMet: once(() => spawnSync('sh', ['-c', 'command -v "$1"', 'sh', name], { stdio: 'ignore' }).status === 0),
    otherwise: `it takes the program ${name}`,
  };
}

/** Skips the running test, with the reason, unless this machine has what it needs. */
export function needs(...needed: readonly Need[]): void {
  const missing = needed.find(({ isMet }) => !isMet());
  if (missing === undefined) return;
  const test = TestRunner.getCurrentTest();
  if (test === undefined) throw new Error(`no test is running that could be skipped: ${missing.otherwise}`);
  test.context.skip(missing.otherwise);
}

function once(find: () => boolean): () => boolean {
  let found: boolean | undefined;
  return () => (found ??= find());
}
