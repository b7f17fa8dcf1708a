import type { Clock } from '../../src/simulator/clock.ts';

interface Alarm {
  readonly due: number;
  readonly ring: () => void;
}

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now = 0;
  readonly #alarms = new Set<Alarm>();

  after(timeMs: number, ring: () => void): () => void {
    const alarm = { due: this.#now + timeMs, ring };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  }

  advance(timeMs: number): void {
    this.#now += timeMs;
    for (const alarm of [...this.#alarms].filter(({ due }) => due <= this.#now)) {
      this.#alarms.delete(alarm);
      alarm.ring();
    }
  }
}
