/** Choices that a seed decides, the same on every machine. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to a number that it does not reach. */
  below(limit: number): number {
    // Mulberry32.
    this.#state = (this.#state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  oneOf<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.below(choices.length)] ?? choices[0];
  }

  /** Each by the toss of a coin, in an order of its own. */
  some<T>(choices: readonly T[]): readonly T[] {
    return this.shuffled(choices.filter(() => this.below(2) === 0));
  }

  shuffled<T>(choices: readonly T[]): readonly T[] {
    return choices
      .map((choice) => ({ choice, place: this.below(2 ** 30) }))
      .toSorted((one, other) => one.place - other.place)
      .map(({ choice }) => choice);
  }
}
