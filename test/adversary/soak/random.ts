/** Numbers that look random and are the same for the same seed (Numerical Recipes' generator): a failure can be had again. */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed % modulus;
  }

  /** From 0 up to the limit, without it. */
  below(limit: number): number {
    this.#state = (this.#state * factor + increment) % modulus;
    return Math.floor((this.#state / modulus) * limit);
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.below(choices.length)] ?? choices[0];
  }
}

const factor = 1_664_525;
const increment = 1_013_904_223;
const modulus = 2 ** 32;
