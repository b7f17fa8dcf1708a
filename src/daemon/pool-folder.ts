import { statSync } from 'node:fs';
import { isSystemError, unlessFails } from '../device/system-error.ts';
import { type FileIdentity, identityOf, isSameFile } from '../pools/file-identity.ts';

/**
 * Says whether the pools' folder was removed, and perhaps created again, under a daemon whose unit lets it write in the former one only.
 * The new one can be written by a new process, which gets mounts of its own.
 */
export class PoolFolder {
  readonly #path: string;
  #first: FileIdentity | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** The one that is there now is the one that can be written. */
  note(): void {
    this.#first ??= this.#identity();
  }

  /** Why a change of a pool will fail for as long as this process lives; undefined if it need not. */
  troubleOf(error: unknown): string | undefined {
    // Node says ENOENT of a folder that cannot be made because its own may only be read.
    if (!isSystemError(error) || !['EROFS', 'ENOENT'].includes(error.code)) return undefined;
    if (this.#first === undefined) return undefined;
    const now = this.#identity();
    if (now !== undefined && isSameFile(now, this.#first)) return undefined;
    return `${this.#path} was removed or replaced, and is read-only now`;
  }

  #identity(): FileIdentity | undefined {
    const status = unlessFails(() => statSync(this.#path, { bigint: true }));
    return status && identityOf(status);
  }
}
