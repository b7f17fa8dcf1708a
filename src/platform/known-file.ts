import type { Stats } from 'node:fs';
import { type Machine, readStatus, readText } from './machine.ts';

/** Within a clock tick a file can change without its times telling, and some file systems count whole seconds. */
const coarsestTimeMs = 2000;

/** What a file says, read anew only when the file may have changed: its status costs less than its text. */
export class KnownFile<T> {
  readonly #machine: Machine;
  readonly #path: string;
  readonly #parse: (text: string | undefined) => T;
  #known: { readonly status: Stats | undefined; readonly content: T } | undefined;

  /** `parse` gets undefined if there is no file that can be read. */
  constructor(machine: Machine, path: string, parse: (text: string | undefined) => T) {
    this.#machine = machine;
    this.#path = path;
    this.#parse = parse;
  }

  /** What it says at a moment after the call. */
  current(): T {
    // Links are followed, so it is that of the file whose text we read. Taken before it: what changes in between is seen next time.
    const status = readStatus(this.#machine, this.#path);
    if (this.#known !== undefined && isSame(status, this.#known.status)) return this.#known.content;
    const content = this.#parse(readText(this.#machine, this.#path));
    this.#known = isOld(status) ? { status, content } : undefined;
    return content;
  }
}

function isSame(one: Stats | undefined, other: Stats | undefined): boolean {
  return (
    one?.ino === other?.ino &&
    one?.dev === other?.dev &&
    one?.size === other?.size &&
    one?.mtimeMs === other?.mtimeMs &&
    one?.ctimeMs === other?.ctimeMs
  );
}

function isOld(status: Stats | undefined): boolean {
  return status === undefined || status.ctimeMs + coarsestTimeMs < Date.now();
}
