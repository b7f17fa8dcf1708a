/** Which slot of a pool file has which key, without the values. Keys are as {@link keyText} makes them. */
export class KeyIndex {
  readonly #keys: string[];
  readonly #first = new Map<string, number>();

  constructor(keys: string[]) {
    this.#keys = keys;
    for (const [slot, key] of keys.entries()) if (!this.#first.has(key)) this.#first.set(key, slot);
  }

  /** Records in the file. */
  get length(): number {
    return this.#keys.length;
  }

  /** How many different ones there are. */
  get distinctKeys(): number {
    return this.#first.size;
  }

  /** The first slot that has the key. */
  slotOf(key: string): number | undefined {
    return this.#first.get(key);
  }

  append(key: string): void {
    if (!this.#first.has(key)) this.#first.set(key, this.#keys.length);
    this.#keys.push(key);
  }

  clear(): void {
    this.#keys.length = 0;
    this.#first.clear();
  }

  /** Forgets a slot that is the first of its key; those behind it move up. */
  remove(slot: number): void {
    const [key] = this.#keys.splice(slot, 1);
    if (key === undefined) return;
    this.#first.delete(key);
    // Backwards, so that of several slots with one key the first is set last.
    for (let behind = this.#keys.length - 1; behind >= slot; behind -= 1) {
      const moved = this.#keys[behind];
      if (moved === undefined) continue;
      const first = this.#first.get(moved);
      if (first === undefined || first > slot) this.#first.set(moved, behind);
    }
  }
}
