import { native, type NativeChangeWatch } from '../device/native.ts';
import type { Disk } from './disk.ts';
import { type Contents, loadContents } from './load.ts';
import { PoolFile, UnusableFile } from './pool-file.ts';
import { recordSize } from './record.ts';

/** The pool file as last read under a lock. */
export interface KnownFile {
  readonly file: PoolFile;
  readonly contents: Contents;
}

export interface KnownPoolOptions {
  readonly path: string;
  readonly disk: Disk;
  /** Beyond which a file is not read: that would take the time of all other requests. */
  readonly maxRecords: number;
}

/** What is known of the file that a path names, and whether that still holds. */
export class KnownPool {
  readonly #options: KnownPoolOptions;
  readonly #watch: NativeChangeWatch;
  #file: PoolFile | undefined;
  #contents: Contents | undefined;
  #unusable: UnusableFile | undefined;
  /**
   * Whether file and contents are what the watch was marked with under a lock, with no change pending that we could finish; both
   * are undefined while there is no usable file.
   */
  #holds = false;

  constructor(options: KnownPoolOptions) {
    this.#options = options;
    this.#watch = new native.ChangeWatch(options.path);
  }

  /** Whether anything is known, if only that there is no file that can be used. */
  get holds(): boolean {
    return this.#holds;
  }

  /** Undefined if nothing is known, or there is no file that can be used. */
  get known(): KnownFile | undefined {
    return this.#holds && this.#file && this.#contents ? { file: this.#file, contents: this.#contents } : undefined;
  }

  /** The file that was opened last, whether or not the path still names it. */
  get file(): PoolFile | undefined {
    return this.#file;
  }

  /** Why what the path names cannot be used. */
  get unusable(): UnusableFile | undefined {
    return this.#unusable;
  }

  /** Whether what is known holds, and nobody has changed anything since. */
  isUnchanged(): boolean {
    return this.#holds && !this.#watch.changed();
  }

  /** From now on nothing is known. */
  doubt(): void {
    this.#holds = false;
  }

  /** The file that the path names now; undefined if there is none, or none that can be used. */
  open(): PoolFile | undefined {
    if (this.#file?.isCurrent() && this.#fits(this.#file)) return this.#file;
    this.#forget();
    this.#watch.markKnown();
    this.#holds = true;
    try {
      this.#file = this.#openFile();
      this.#holds = this.#file === undefined;
    } catch (error) {
      if (!(error instanceof UnusableFile)) throw error;
      this.#unusable = error;
    }
    return this.#file;
  }

  /**
   * Reads the file, to be done under a lock. The watch reports what changes from here on. Undefined if the path names another file
   * by now, or this one has become too long.
   */
  load(file: PoolFile): Contents | undefined {
    if (this.#watch.markKnown(file.reader) < 0 || !this.#fits(file)) return undefined;
    this.#contents = loadContents(file);
    this.#holds = true;
    return this.#contents;
  }

  /**
   * To be called under a lock when the contents are what our own change has made of them. A file that is not has been changed by somebody
   * else as well; false if it is shorter.
   */
  changedByUs(writer: number, contents: Contents): boolean {
    const size = this.#watch.markKnown(writer);
    const expected = contents.index.length * recordSize;
    this.#holds = size === expected;
    this.#contents = size === contents.size ? contents : { ...contents, size };
    return size >= expected;
  }

  close(): void {
    this.#forget();
    this.#watch.close();
  }

  #openFile(): PoolFile | undefined {
    const { path, disk, maxRecords } = this.#options;
    const file = PoolFile.open(path, disk);
    if (file === undefined || this.#fits(file)) return file;
    file.close();
    throw new UnusableFile(`it has more than ${maxRecords} records (max_records)`, 'EFBIG');
  }

  #fits(file: PoolFile): boolean {
    return file.size() <= (this.#options.maxRecords + 1) * recordSize;
  }

  #forget(): void {
    this.#file?.close();
    this.#file = undefined;
    this.#contents = undefined;
    this.#unusable = undefined;
    this.#holds = false;
  }
}
