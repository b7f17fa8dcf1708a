/** How many observations were at most so long, and longer than the bound before. */
export interface Bucket {
  /** Microseconds; null is without bound. */
  readonly upToUs: number | null;
  readonly count: number;
}

/** Times in whole microseconds. A percentile is the upper bound of its bucket, or the longest time if that is less. */
export interface Durations {
  readonly count: number;
  readonly sumUs: number;
  readonly p50Us: number;
  readonly p90Us: number;
  readonly p99Us: number;
  readonly maxUs: number;
  readonly buckets: readonly Bucket[];
}

const steps = [1, 2, 5];
const decadesUs = [10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000];
/** From a page in memory to beyond the time after which a driver answers the host itself. */
const boundsUs: readonly number[] = decadesUs.flatMap((decade) => steps.map((step) => step * decade));

/** Counts times in fixed buckets, 1-2-5 from 10 µs to 50 s: to observe costs a search and three additions. */
export class Histogram {
  readonly #counts = new Array<number>(boundsUs.length + 1).fill(0);
  #count = 0;
  #sumUs = 0;
  #maxUs = 0;

  observe(milliseconds: number): void {
    const us = milliseconds * 1000;
    const found = boundsUs.findIndex((bound) => us <= bound);
    const at = found < 0 ? boundsUs.length : found;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#count += 1;
    this.#sumUs += us;
    this.#maxUs = Math.max(this.#maxUs, us);
  }

  durations(): Durations {
    return {
      count: this.#count,
      sumUs: Math.round(this.#sumUs),
      p50Us: this.#percentile(0.5),
      p90Us: this.#percentile(0.9),
      p99Us: this.#percentile(0.99),
      maxUs: Math.round(this.#maxUs),
      buckets: this.#counts.map((count, at) => ({ upToUs: boundsUs[at] ?? null, count })),
    };
  }

  /** 0 if nothing was observed. */
  #percentile(share: number): number {
    const rank = Math.ceil(this.#count * share);
    let below = 0;
    for (const [at, count] of this.#counts.entries()) {
      below += count;
      if (below >= rank) return Math.round(Math.min(boundsUs[at] ?? this.#maxUs, this.#maxUs));
    }
    return 0;
  }
}
