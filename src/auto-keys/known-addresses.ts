import { type Awaitable, whenReady } from '../message/awaitable.ts';
import type { IpFamily } from '../platform/adapter.ts';
import type { Platform } from '../platform/platform.ts';
import { networkAddresses } from './network-addresses.ts';

/** Whether links, addresses or routes may have changed since the last call; true where that is not known. */
export interface NetworkWatch {
  changed(): boolean;
  close(): void;
}

/**
 * How long after a report nothing is kept. The kernel does not report every consequence of what it has reported: Linux first
 * tells that a link is down, and then takes the link's IPv4 routes away without a word.
 */
const settlingMs = 1000;

/** The machine's addresses, found out anew only when something in its network may have changed. */
export class KnownAddresses {
  readonly #platform: Pick<Platform, 'readAddresses' | 'readDefaultRoutes'>;
  readonly #watch: NetworkWatch;
  readonly #nowMs: () => number;
  readonly #known = new Map<IpFamily, string>();
  #changedAtMs: number;

  constructor(
    platform: Pick<Platform, 'readAddresses' | 'readDefaultRoutes'>,
    watch: NetworkWatch,
    nowMs: () => number = () => performance.now(),
  ) {
    this.#platform = platform;
    this.#watch = watch;
    this.#nowMs = nowMs;
    this.#changedAtMs = nowMs();
  }

  /** What {@link networkAddresses} says at a moment after the call. */
  current(family: IpFamily): Awaitable<string> {
    this.#forgetWhatChanged();
    const known = this.#known.get(family);
    if (known !== undefined) return known;
    const askedAtMs = this.#nowMs();
    return whenReady(networkAddresses(this.#platform, family), (found) => {
      this.#forgetWhatChanged();
      if (askedAtMs - this.#changedAtMs >= settlingMs) this.#known.set(family, found);
      return found;
    });
  }

  close(): void {
    this.#watch.close();
  }

  #forgetWhatChanged(): void {
    if (!this.#watch.changed()) return;
    this.#known.clear();
    this.#changedAtMs = this.#nowMs();
  }
}
