/** Stands in the place of a slot for a key that is in the file no more. */
const gone = -1;
/** The map is made anew when it has so many more entries than twice the records. */
const tolerated = 64;

/**
 * Which slot of a pool file has which key, without the values. Keys are as {@link keyText} makes them. What is removed stays in the
 * map for a while: V8's Map keeps what is deleted in its chains, and each look-up of a key that comes and goes walks through it.
 */
export class KeyIndex {
  readonly #keys: string[];
  #first = new Map<string, number>();

  constructor(keys: string[]) {
    this.#keys = keys;
    this.#rebuild();
  }

  /** Records in the file. */
  get length(): number {
    return this.#keys.length;
  }

  /** How many different ones there are. */
  get distinctKeys(): number {
    return new Set(this.#keys).size;
  }

  /** The first slot that has the key. */
  slotOf(key: string): number | undefined {
    const slot = this.#first.get(key);
    return slot === gone ? undefined : slot;
  }

  append(key: string): void {
    if (this.slotOf(key) === undefined) this.#first.set(key, this.#keys.length);
    this.#keys.push(key);
  }

  clear(): void {
    this.#keys.length = 0;
    this.#rebuild();
  }

  /** Forgets a slot that is the first of its key; those behind it move up. */
  remove(slot: number): void {
    const [key] = this.#keys.splice(slot, 1);
    if (key === undefined) return;
    this.#first.set(key, gone);
    // Backwards, so that of several slots with one key the first is set last.
    for (let behind = this.#keys.length - 1; behind >= slot; behind -= 1) {
      const moved = this.#keys[behind];
      if (moved === undefined) continue;
      const first = this.slotOf(moved);
      if (first === undefined || first > slot) this.#first.set(moved, behind);
    }
    if (this.#first.size > 2 * this.#keys.length + tolerated) this.#rebuild();
  }

  #rebuild(): void {
    this.#first = new Map();
    for (const [slot, key] of this.#keys.entries()) if (!this.#first.has(key)) this.#first.set(key, slot);
  }
}
