import { native, type NativeChangeWatch } from '../device/native.ts';
import { isSystemError, systemError } from '../device/system-error.ts';
import type { Awaitable } from '../message/awaitable.ts';
import type { Disk } from './disk.ts';
import type { Edited } from './edits.ts';
import type { Durability } from './journal-entry.ts';
import { Journal } from './journal.ts';
import { type Contents, loadContents } from './load.ts';
import { held, whenFree } from './lock.ts';
import { describeLockHolder } from './lock-holder.ts';
import { failure, poolError } from './pool-error.ts';
import { createPoolFile, PoolFile, UnusableFile } from './pool-file.ts';
import { recordSize } from './record.ts';
import { recover, type Recovery } from './recovery.ts';

export interface AccessOptions {
  /** Of the pool, for the log. */
  readonly name: string;
  readonly path: string;
  readonly journalPath: string;
  readonly tailPath: string;
  /** Of a pool file that we create. */
  readonly fileMode: number;
  readonly durability: Durability;
  readonly lockTimeoutMs: number;
  readonly boot: string;
  readonly disk: Disk;
  /** What to do about a path that names no file we can read: warn and take it for empty, or fail. */
  readonly unusable: 'empty' | 'fail';
  readonly warn: (text: string) => void;
  readonly onLockWait?: (milliseconds: number) => void;
}

/** The pool file as last read under a lock. */
export interface KnownFile {
  readonly file: PoolFile;
  readonly contents: Contents;
}

/** A change that a crash has cut off must be finished first. */
const unfinished = Symbol('unfinished');

/** Returned by an edit that a neighbour without locks has spoilt; it is made again. */
export const spoilt = Symbol('spoilt');

type Tried<T> = T | typeof held | typeof spoilt;

const recoveryTexts = {
  finished: 'finished a change that a crash had cut off',
  'left-to-neighbour':
    'a crash had cut off a change; it is left as it is, because another program has written there since',
} as const;

/** How often neighbours may spoil one operation before it fails. */
const mostTries = 100;

/**
 * Access to one pool file that others write to as well: its locks, what is known of it and whether that still holds, recovery.
 * All that touches the file between lock and unlock is synchronous, so calls never mix.
 */
export class PoolAccess {
  #options: AccessOptions;
  readonly #journal: Journal;
  readonly #watch: NativeChangeWatch;
  #file: PoolFile | undefined;
  #contents: Contents | undefined;
  /**
   * Whether file and contents are what the watch was settled on under a lock, with no change pending that we could finish; both
   * are undefined while there is no usable file.
   */
  #isKnown = false;
  readonly #room = Buffer.alloc(recordSize + recordSize);
  #isClosed = false;
  /** Why the file cannot be used; "" if it can. */
  #unusable = '';
  #warned = '';
  #hasDamagedJournal = false;

  constructor(options: AccessOptions) {
    this.#options = options;
    this.#journal = new Journal({ ...options, path: options.journalPath });
    this.#watch = new native.ChangeWatch(options.path);
  }

  /**
   * Looks something up, without locks as long as nobody has changed the file. `look` gets undefined if there is no usable
   * file, and returns `held` if what it finds contradicts what is known.
   */
  read<T>(look: (known: KnownFile | undefined) => T | typeof held): Awaitable<T> {
    return this.#patiently('read', () => {
      if (this.#isKnown) {
        const found = look(this.#known());
        // Looked first, asked later: the answer was true at a moment after the call.
        if (found !== held && !this.#watch.changed()) return found;
      }
      return this.#tryRead(look);
    });
  }

  /** Changes the file under exclusive locks. Without a file: creates one if told to, or else returns undefined. */
  write<T>(
    attempt: string,
    create: boolean,
    edit: (edited: Edited, contents: Contents) => Tried<T>,
  ): Awaitable<T | undefined> {
    return this.#patiently(attempt, () => this.#tryWrite(create, edit));
  }

  /** Finishes what a crash left: now, or a little later if the file is locked. */
  recover(): void {
    const { warn } = this.#options;
    const failed = (error: unknown): void => {
      if (!isSystemError(error)) throw error;
      warn(error.message);
    };
    try {
      if (this.#journal.pending() === undefined) return;
      const recovered = this.write('recover', false, () => true);
      if (recovered instanceof Promise) recovered.catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  /** From the next operation on. */
  adjust(limits: Pick<AccessOptions, 'fileMode' | 'lockTimeoutMs'>): void {
    this.#options = { ...this.#options, ...limits };
  }

  close(): void {
    this.#isClosed = true;
    this.#forget();
    this.#journal.close();
    this.#watch.close();
  }

  #patiently<T>(attempt: string, tryOnce: () => Tried<T>): Awaitable<T> {
    const { name, path, lockTimeoutMs: timeoutMs, onLockWait: onWaited } = this.#options;
    const explain = (cause: unknown): unknown =>
      poolError(`${attempt} pool ${name} (${path})`, systemError(cause, path));
    const tryOften = (): T | typeof held => {
      if (this.#isClosed) throw explain(failure('ECANCELED', 'flock', 'it was closed meanwhile'));
      try {
        for (let tries = 0; tries < mostTries; tries += 1) {
          const result = tryOnce();
          if (result !== spoilt) return result;
          this.#isKnown = false;
        }
        throw failure('EAGAIN', 'write', 'others change it all the time without a lock');
      } catch (error) {
        this.#isKnown = false;
        throw explain(error);
      }
    };
    const giveUp = (): unknown => explain(failure('ETIMEDOUT', 'flock', `${this.#holder()} holds its lock`));
    return whenFree(tryOften, { timeoutMs, giveUp, onWaited });
  }

  #tryRead<T>(look: (known: KnownFile | undefined) => T | typeof held): Tried<T> {
    const file = this.#openCurrent();
    if (file === undefined) return look(undefined);
    const found = this.#locked(file, file.reader, 'shared', () => {
      const pending = this.#journal.pending();
      this.#tellDamagedJournal();
      if (pending !== undefined && mayWrite(file)) return unfinished;
      return this.#load(file) === undefined ? spoilt : look(this.#known());
    });
    if (found !== unfinished) return found;
    return this.#tryWrite(false, () => true) === held ? held : spoilt;
  }

  #tryWrite<T>(create: boolean, edit: (edited: Edited, contents: Contents) => Tried<T>): Tried<T | undefined> {
    const { path, fileMode, disk, durability, tailPath, boot } = this.#options;
    const file = this.#isKnown && this.#file !== undefined ? this.#file : this.#openCurrent();
    if (file === undefined) {
      if (!create) return undefined;
      if (this.#unusable !== '') throw failure('EINVAL', 'open', this.#unusable);
      createPoolFile(path, fileMode, disk, durability);
      return spoilt;
    }
    const writer = file.openWriter();
    if (writer === undefined) return spoilt;
    return this.#locked(file, writer, 'exclusive', (isUnchanged) => {
      const edited = { file, journal: this.#journal, disk, durability, tailPath, room: this.#room };
      if (!isUnchanged || !this.#journal.isAsLeft()) this.#tellRecovery(recover(edited, boot));
      const contents = this.#known()?.contents ?? this.#load(file);
      if (contents === undefined) return spoilt;
      this.#isKnown = false;
      const result = edit(edited, contents);
      // Our own changes are known. A file that is not what we made of it has been changed by somebody else as well.
      const size = this.#watch.settle(writer);
      const expected = contents.index.length * recordSize;
      if (size < expected) return spoilt;
      this.#contents = size === contents.size ? contents : { ...contents, size };
      this.#isKnown = size === expected;
      return result;
    });
  }

  /** Works under a lock, and tells whether the file is known and nobody has changed it. */
  #locked<T>(
    file: PoolFile,
    fd: number,
    mode: 'shared' | 'exclusive',
    work: (isUnchanged: boolean) => Tried<T>,
  ): Tried<T> {
    if (!native.tryLock(fd, mode)) return held;
    try {
      this.#isKnown &&= !this.#watch.changed();
      return this.#isKnown || file.isCurrent() ? work(this.#isKnown) : spoilt;
    } finally {
      native.unlock(fd);
    }
  }

  /** The file that the path names now; undefined if there is none, or none that can be used. */
  #openCurrent(): PoolFile | undefined {
    if (this.#file?.isCurrent()) return this.#file;
    this.#forget();
    const { path, disk, name } = this.#options;
    this.#watch.settle();
    this.#isKnown = true;
    try {
      this.#file = PoolFile.open(path, disk);
      this.#isKnown = this.#file === undefined;
    } catch (error) {
      if (!(error instanceof UnusableFile)) throw error;
      if (this.#options.unusable === 'fail') throw failure(error.code, 'open', error.message);
      this.#unusable = error.message;
      this.#warnOnce(`pool ${name} (${path}) counts as empty: ${error.message}`);
    }
    return this.#file;
  }

  #forget(): void {
    this.#file?.close();
    this.#file = undefined;
    this.#contents = undefined;
    this.#unusable = '';
    this.#isKnown = false;
  }

  /**
   * To be called under a lock. What changes from here on is told by the watch. Undefined if the path names another file by now.
   */
  #load(file: PoolFile): Contents | undefined {
    const { name, path } = this.#options;
    if (this.#watch.settle(file.reader) < 0) return undefined;
    const contents = loadContents(file);
    const { damage } = contents;
    this.#warnOnce(damage === '' ? '' : `pool ${name} (${path}) is damaged: ${damage}`);
    this.#contents = contents;
    this.#isKnown = true;
    return contents;
  }

  #known(): KnownFile | undefined {
    return this.#isKnown && this.#file && this.#contents ? { file: this.#file, contents: this.#contents } : undefined;
  }

  /** A damage is told once, and again only after the file was found sound in between. */
  #warnOnce(text: string): void {
    if (text !== '' && this.#warned === '') this.#options.warn(text);
    this.#warned = text;
  }

  /** Once, and again only after the journal was found sound in between. */
  #tellDamagedJournal(): void {
    const { name, journalPath, warn } = this.#options;
    const { isDamaged } = this.#journal;
    if (isDamaged && !this.#hasDamagedJournal) {
      warn(`the journal of pool ${name} (${journalPath}) has an entry that is not whole; it is left out`);
    }
    this.#hasDamagedJournal = isDamaged;
  }

  #tellRecovery(recovery: Recovery): void {
    this.#tellDamagedJournal();
    if (recovery === 'nothing') return;
    const { name, path, warn } = this.#options;
    this.#isKnown = false;
    warn(`pool ${name} (${path}): ${recoveryTexts[recovery]}`);
  }

  #holder(): string {
    return this.#file === undefined ? 'another process' : describeLockHolder(this.#file.reader, this.#file.inode);
  }
}

/** Whether a change that is pending can be finished by us; if not, the file is read as it is. */
function mayWrite(file: PoolFile): boolean {
  try {
    file.openWriter();
    return true;
  } catch (error) {
    if (isSystemError(error) && ['EACCES', 'EPERM', 'EROFS'].includes(error.code)) return false;
    throw error;
  }
}
