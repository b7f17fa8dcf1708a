/** Numbers from 0 to 1 that are the same at every run: a linear congruential generator (Numerical Recipes' constants). */
export function seededRandom(seed: number): () => number {
  const multiplier = 1664525;
  const increment = 1013904223;
  const modulus = 2 ** 32;
  let state = seed;
  return () => {
    state = (state * multiplier + increment) % modulus;
    return state / modulus;
  };
}
