import { native } from '../device/native.ts';
import { below, type Machine, readText } from './machine.ts';

/** What a file says, read anew only when the file may have changed: its status costs less than its text. */
export class KnownFile<T> {
  readonly #read: () => T;
  readonly #watch: { changed(): boolean };
  #known: { readonly content: T } | undefined;

  /** `parse` gets undefined if there is no file that can be read. */
  constructor(machine: Machine, path: string, parse: (text: string | undefined) => T) {
    this.#read = () => parse(readText(machine, path));
    this.#watch = new native.StatusWatch(below(machine, path));
  }

  /** What it says at a moment after the call. */
  current(): T {
    // The status is taken before the text: what changes in between is seen next time.
    if (this.#watch.changed()) this.#known = undefined;
    this.#known ??= { content: this.#read() };
    return this.#known.content;
  }
}
