import { setTimeout } from 'node:timers';
import { native } from '../device/native.ts';
import { makeSystemError, isSystemError, systemError } from '../device/system-error.ts';
import type { Awaitable } from '../message/awaitable.ts';
import { describeLockHolder, isLockedByReaders } from '../platform/lock-holder.ts';
import { type Attempt, busy, done, locked, patiently, spoilt, stale, whenEnded } from './attempt.ts';
import type { Edited } from './edits.ts';
import { Journal, type JournalOptions } from './journal.ts';
import { type KnownFile, KnownPool, type KnownPoolOptions } from './known-pool.ts';
import type { Contents } from './load.ts';
import { poolError } from './pool-error.ts';
import { createPoolFile, type PoolFile } from './pool-file.ts';
import { recordSize } from './record.ts';
import { PoolWarnings } from './pool-warnings.ts';
import { recover } from './recovery.ts';

export interface AccessOptions extends Omit<JournalOptions, 'path'>, KnownPoolOptions {
  /** Of the pool, for the log. */
  readonly name: string;
  readonly journalPath: string;
  readonly tailPath: string;
  /** Of a pool file that we create. */
  readonly fileMode: number;
  readonly lockTimeoutMs: number;
  /** What to do about a path that names no file we can read: warn and take it for empty, or fail. */
  readonly unusable: 'empty' | 'fail';
  /** What a read does about a change that a crash has cut off. */
  readonly unfinished: 'finish' | 'leave';
  readonly warn: (text: string) => void;
  readonly onLockWait?: (milliseconds: number) => void;
}

/** What can change while a pool is open. */
export type AccessLimits = Pick<AccessOptions, 'fileMode' | 'lockTimeoutMs'>;

/** After which nothing is left open for writing, so that the file system can be made read-only. */
const idleMs = 1000;

/**
 * Access to one pool file that others write to as well: locks, recovery, and what is known of the file. What touches the file
 * between lock and unlock is synchronous, but for a long removal, during which other calls wait: calls never mix.
 */
export class PoolAccess {
  #options: AccessOptions;
  readonly #journal: Journal;
  readonly #pool: KnownPool;
  readonly #room = Buffer.alloc(2 * recordSize);
  readonly #warnings: PoolWarnings;
  #idle: NodeJS.Timeout | undefined;
  /** Whether a change is under way that lets the event loop have its turns: locks are held, and the file is in between. */
  #isBusy = false;
  #isClosed = false;

  constructor(options: AccessOptions) {
    this.#options = options;
    this.#journal = new Journal({ ...options, path: options.journalPath });
    this.#pool = new KnownPool(options);
    this.#warnings = new PoolWarnings(options);
  }

  /** Why changes are made that are not written down beforehand; "" if they are. */
  get journalTrouble(): string {
    return this.#journal.trouble;
  }

  /**
   * Looks something up, without locks as long as nobody has changed the file. `look` gets undefined if there is no usable
   * file, and returns `stale` if what it finds contradicts what is known.
   */
  read<T>(look: (known: KnownFile | undefined) => Attempt<T>, signal?: AbortSignal): Awaitable<T> {
    const tryOnce = (): Attempt<T> => {
      if (this.#pool.holds) {
        const found = look(this.#pool.known);
        // Looked first, asked later: the answer was true at a moment after the call.
        if (found.kind === 'done' && this.#pool.isUnchanged()) return found;
      }
      return this.#tryRead(look);
    };
    return this.#patiently('read', tryOnce, signal);
  }

  /** Changes the file under exclusive locks. Without a file: creates one if asked to, or else returns undefined. */
  write<T>(
    attempt: string,
    create: boolean,
    edit: (edited: Edited, contents: Contents) => Attempt<T>,
    signal?: AbortSignal,
  ): Awaitable<T | undefined> {
    return this.#patiently(attempt, () => this.#tryWrite(create, edit), signal);
  }

  /** Finishes what a crash left. */
  recover(): Awaitable<void> {
    return this.#patiently('recover', () => {
      const file = this.#pool.open();
      return file === undefined || !this.#canFinish(file)
        ? done(undefined)
        : this.#tryWrite(false, () => done(undefined));
    });
  }

  /** From the next operation on. */
  adjust(limits: AccessLimits): void {
    this.#options = { ...this.#options, ...limits };
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#idle);
    this.#pool.close();
    this.#journal.close();
  }

  #patiently<T>(attempt: string, tryOnce: () => Attempt<T>, signal?: AbortSignal): Awaitable<T> {
    const { name, path, lockTimeoutMs: timeoutMs, onLockWait: onWaited } = this.#options;
    const explain = (cause: unknown): unknown =>
      poolError(`${attempt} pool ${name} (${path})`, systemError(cause, path));
    const explained = (tried: () => Attempt<T>): Attempt<T> => {
      if (this.#isClosed) throw explain(makeSystemError('ECANCELED', 'flock', 'it was closed meanwhile'));
      try {
        const result = tried();
        if (result.kind === 'spoilt' || result.kind === 'stale') this.#pool.doubt();
        if (result.kind !== 'unfinished') return result;
        return { kind: 'unfinished', goOn: () => explained(result.goOn) };
      } catch (error) {
        this.#pool.doubt();
        throw explain(error);
      }
    };
    const giveUp = (): unknown => explain(makeSystemError('ETIMEDOUT', 'flock', `${this.#holder()} holds its lock`));
    const isWorthwhile = (): boolean => this.#pool.file === undefined || !isLockedByReaders(this.#pool.file.reader);
    const patience = { timeoutMs, isWorthwhile, giveUp, signal, onWaited };
    return patiently(() => explained(() => (this.#isBusy ? busy : tryOnce())), patience);
  }

  #tryRead<T>(look: (known: KnownFile | undefined) => Attempt<T>, mayFinish = true): Attempt<T> {
    const file = this.#openCurrent();
    if (file === undefined) return look(undefined);
    const seen = { isUnfinished: false };
    const found = this.#locked(file, file.reader, 'shared', () => {
      seen.isUnfinished = this.#canFinish(file) && mayFinish;
      if (seen.isUnfinished) return stale;
      return this.#load(file) === undefined ? stale : look(this.#pool.known);
    });
    if (!seen.isUnfinished) return found;
    return this.#tryToFinish().kind === 'locked' ? locked : this.#tryRead(look, false);
  }

  /** Whether a change is pending, and it is for us to finish it; if not, the file is read as it is. */
  #canFinish(file: PoolFile): boolean {
    const isPending = this.#journal.pending(file.identity.inode) !== undefined;
    this.#warnings.journal(this.#journal);
    if (!isPending) return false;
    if (this.#options.unfinished === 'finish') return mayWrite(file);
    this.#warnings.unfinished('hvkvp recover finishes it');
    return false;
  }

  /** What cannot be finished costs no read. */
  #tryToFinish(): Attempt<undefined> {
    try {
      const { kind } = this.#tryWrite(false, () => done(undefined));
      if (kind === 'locked') return locked;
      this.#warnings.unfinished('');
    } catch (error) {
      const cause = systemError(error, this.#options.path);
      if (!isSystemError(cause)) throw error;
      this.#warnings.unfinished(`it cannot be finished: ${cause.message}`);
    }
    return done(undefined);
  }

  #tryWrite<T>(create: boolean, edit: (edited: Edited, contents: Contents) => Attempt<T>): Attempt<T | undefined> {
    const { path, fileMode, disk, durability, tailPath } = this.#options;
    const file = this.#pool.known?.file ?? this.#openCurrent();
    if (file === undefined) {
      if (!create) return done(undefined);
      const { unusable } = this.#pool;
      if (unusable !== undefined) throw makeSystemError('EINVAL', 'open', unusable.message);
      createPoolFile(path, fileMode, disk, durability);
      return stale;
    }
    this.#closeWhenIdle();
    const writer = file.openWriter();
    if (writer === undefined) return stale;
    return this.#locked(file, writer, 'exclusive', (isUnchanged) => {
      const edited = { file, journal: this.#journal, disk, durability, tailPath, room: this.#room };
      if (!isUnchanged || !this.#journal.isAsLeft()) this.#recover(edited);
      const contents = this.#pool.known?.contents ?? this.#load(file);
      if (contents === undefined) return stale;
      this.#pool.doubt();
      return whenEnded(edit(edited, contents), (result) => {
        this.#warnings.journal(this.#journal);
        return this.#pool.changedByUs(writer, contents) ? result : spoilt;
      });
    });
  }

  /** Works under a lock, and says whether the file is known and nobody has changed it. */
  #locked<T>(
    file: PoolFile,
    fd: number,
    mode: 'shared' | 'exclusive',
    work: (isUnchanged: boolean) => Attempt<T>,
  ): Attempt<T> {
    if (!tryLock(fd, mode)) return locked;
    return this.#untilEnded(fd, () => {
      const isUnchanged = this.#pool.isUnchanged();
      if (!isUnchanged) this.#pool.doubt();
      return isUnchanged || file.isCurrent() ? work(isUnchanged) : stale;
    });
  }

  /** Keeps the lock as long as there is more to do, and other calls of ours away. */
  #untilEnded<T>(fd: number, work: () => Attempt<T>): Attempt<T> {
    this.#isBusy = false;
    try {
      const result = work();
      if (result.kind !== 'unfinished') return result;
      this.#isBusy = true;
      return { kind: 'unfinished', goOn: () => this.#untilEnded(fd, result.goOn) };
    } finally {
      if (!this.#isBusy) native.unlock(fd);
    }
  }

  #openCurrent(): PoolFile | undefined {
    const file = this.#pool.open();
    const { unusable } = this.#pool;
    if (unusable === undefined) return file;
    if (this.#options.unusable === 'fail') throw makeSystemError(unusable.code, 'open', unusable.message);
    this.#warnings.unusable(unusable.message);
    return file;
  }

  #load(file: PoolFile): Contents | undefined {
    const contents = this.#pool.load(file);
    if (contents !== undefined) this.#warnings.damage(contents.damage);
    return contents;
  }

  #recover(edited: Edited): void {
    const recovery = recover(edited, this.#options.boot);
    this.#warnings.journal(this.#journal);
    this.#warnings.recovered(recovery);
    if (recovery !== 'nothing') this.#pool.doubt();
  }

  #closeWhenIdle(): void {
    this.#idle ??= setTimeout(() => {
      if (this.#isBusy) {
        this.#idle?.refresh();
        return;
      }
      this.#pool.file?.closeWriter();
      this.#journal.close();
    }, idleMs).unref();
    this.#idle.refresh();
  }

  #holder(): string {
    return this.#pool.file === undefined ? 'another process' : describeLockHolder(this.#pool.file.reader);
  }
}

/** A file system that has no locks costs no read. */
function tryLock(fd: number, mode: 'shared' | 'exclusive'): boolean {
  try {
    return native.tryLock(fd, mode);
  } catch (error) {
    const hasNoLocks = isSystemError(error) && ['ENOLCK', 'ENOSYS', 'EOPNOTSUPP', 'ENOTSUP'].includes(error.code);
    if (mode === 'shared' && hasNoLocks) return true;
    throw error;
  }
}

/** If we may not, the file is read as it is. */
function mayWrite(file: PoolFile): boolean {
  try {
    file.openWriter();
    return true;
  } catch (error) {
    if (isSystemError(error) && ['EACCES', 'EPERM', 'EROFS'].includes(error.code)) return false;
    throw error;
  }
}
