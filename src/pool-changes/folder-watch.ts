import { type FSWatcher, lstatSync, watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { isSystemError, unlessFails } from '../device/system-error.ts';

export interface FolderWatchOptions {
  /** Ends a wait. */
  readonly signal?: AbortSignal | undefined;
  /** Called once if the files are polled, because the system reports no changes. */
  readonly warn?: ((text: string) => void) | undefined;
}

/**
 * Reports when files of a folder may have changed, whoever changed them; the kernel reports, nothing is polled. The folder need not be
 * there yet: then the nearest one above it is watched. From the constructor's end no change is missed.
 */
export class FolderWatch {
  readonly #folder: string;
  readonly #names: readonly string[];
  readonly #warn: (text: string) => void;
  readonly #watchers = new Map<string, { readonly inode: bigint; readonly watcher: FSWatcher }>();
  #isDirty = true;
  #isClosed = false;
  #error: Error | undefined;
  #wake: (() => void) | undefined;
  #looks: NodeJS.Timeout | undefined;

  /** `names`: of the files in the folder. They are watched too, because FreeBSD reports of a folder only which names it has. */
  constructor(folder: string, names: readonly string[], { signal, warn = () => undefined }: FolderWatchOptions = {}) {
    this.#folder = folder;
    this.#names = names;
    this.#warn = warn;
    this.#follow();
    signal?.addEventListener('abort', () => {
      this.#report();
    });
  }

  /** To be called before each look at the files: what changes from here on ends the next wait. */
  markKnown(): void {
    this.#isDirty = false;
  }

  /** Resolves once something may have changed since the last {@link markKnown}, at once if it has; or when the signal is aborted. */
  async changed(): Promise<void> {
    if (!this.#isDirty) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#error !== undefined) throw this.#error;
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#looks);
    for (const path of this.#watchers.keys()) this.#unwatch(path);
  }

  /** Watches what is there by now, and nothing else. */
  #follow(): void {
    const wanted = new Set(this.#paths());
    for (const path of this.#watchers.keys()) if (!wanted.has(path)) this.#unwatch(path);
    for (const path of wanted) this.#watch(path);
  }

  /** The files and their folder; without it, the nearest that is there. */
  #paths(): readonly string[] {
    if (exists(this.#folder)) {
      const files = this.#names.map((name) => join(this.#folder, name));
      return [this.#folder, ...files.filter(exists)];
    }
    let above = dirname(this.#folder);
    while (!exists(above)) above = dirname(above);
    return [above];
  }

  #watch(path: string): void {
    const inode = inodeOf(path);
    if (inode === undefined || this.#watchers.get(path)?.inode === inode) return;
    this.#unwatch(path);
    try {
      const watcher = watch(path, (event) => {
        // The path may name another file by now, even one that got the same inode.
        if (event === 'rename') this.#unwatch(path);
        this.#report();
      });
      watcher.on('error', (error) => {
        this.#error = error;
        this.#report();
      });
      this.#watchers.set(path, { inode, watcher });
    } catch (error) {
      if (!isSystemError(error)) throw error;
      if (exhausted.includes(error.code)) this.#lookAgainAndAgain(error);
      // Gone in between, which the folder reports; or not for us to read, as looking at it will show.
      else if (!['ENOENT', 'EACCES', 'EPERM'].includes(error.code)) throw error;
    }
  }

  #lookAgainAndAgain({ message }: Error): void {
    if (this.#looks !== undefined) return;
    this.#warn(`cannot watch ${this.#folder}; checking it every second instead: ${message}`);
    this.#looks = setInterval(() => {
      this.#report();
    }, lookMs);
  }

  #unwatch(path: string): void {
    this.#watchers.get(path)?.watcher.close();
    this.#watchers.delete(path);
  }

  #report(): void {
    if (this.#isClosed) return;
    this.#isDirty = true;
    this.#follow();
    this.#wake?.();
  }
}

const lookMs = 1000;
/** Watches are few, and all users' programs share them; some sandboxes have none. */
const exhausted: readonly string[] = ['EMFILE', 'ENFILE', 'ENOSPC', 'ENOMEM', 'ENOSYS'];

function exists(path: string): boolean {
  return inodeOf(path) !== undefined;
}

function inodeOf(path: string): bigint | undefined {
  return unlessFails(() => lstatSync(path, { bigint: true, throwIfNoEntry: false }), 'ENOTDIR')?.ino;
}
