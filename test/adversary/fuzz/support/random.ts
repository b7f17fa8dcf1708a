/** Chooses what looks random, and the same for the same seed (xorshift of 32 bits, which never comes to 0). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed, spread) | 1;
    for (let round = 0; round < warmUp; round += 1) this.bits();
  }

  /** 32 bits. */
  bits(): number {
    let state = this.#state;
    state ^= state << shifts.first;
    state ^= state >>> shifts.second;
    state ^= state << shifts.third;
    this.#state = state;
    return state >>> 0;
  }

  /** From 0 up to the limit, without it. */
  below(limit: number): number {
    return Math.floor((this.bits() / numbers) * limit);
  }

  /** True once in so many times. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.below(choices.length)] ?? choices[0];
  }

  /** Overwrites bytes; the last one to three are left as they are. */
  fill(bytes: Buffer): void {
    for (let offset = 0; offset + wordSize <= bytes.length; offset += wordSize) {
      bytes.writeUInt32LE(this.bits(), offset);
    }
  }
}

const spread = 0x9e37_79b9;
const warmUp = 8;
const shifts = { first: 13, second: 17, third: 5 } as const;
const numbers = 2 ** 32;
const wordSize = 4;
