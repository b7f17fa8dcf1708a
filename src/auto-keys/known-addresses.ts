import { type Awaitable, whenReady } from '../message/awaitable.ts';
import type { IpFamily } from '../platform/adapter.ts';
import { type AddressSource, networkAddresses } from './network-addresses.ts';
import type { AddressSettings } from './report-settings.ts';

/** Whether links, addresses or routes may have changed since the last call; true where that is not known. */
export interface NetworkWatch {
  changed(): boolean;
  close(): void;
}

/**
 * How long after a report nothing is kept. The kernel does not report every consequence of what it has reported: Linux first
 * reports that a link is down, and then removes the link's IPv4 routes without a message.
 */
const settlingMs = 1000;

/** The machine's addresses, found out anew only when something in its network may have changed. */
export class KnownAddresses {
  readonly #platform: AddressSource;
  readonly #watch: NetworkWatch;
  readonly #nowMs: () => number;
  readonly #onChanged: () => void;
  readonly #known = new Map<IpFamily, string>();
  #settings: AddressSettings;
  #changedAtMs: number;

  constructor(
    platform: AddressSource,
    watch: NetworkWatch,
    settings: AddressSettings,
    nowMs: () => number = () => performance.now(),
    onChanged: () => void = () => undefined,
  ) {
    this.#platform = platform;
    this.#watch = watch;
    this.#settings = settings;
    this.#nowMs = nowMs;
    this.#onChanged = onChanged;
    this.#changedAtMs = nowMs();
  }

  /** What {@link networkAddresses} says at a moment after the call. */
  current(family: IpFamily): Awaitable<string> {
    this.#forgetWhatChanged();
    const known = this.#known.get(family);
    if (known !== undefined) return known;
    const askedAtMs = this.#nowMs();
    return whenReady(networkAddresses(this.#platform, family, this.#settings), (found) => {
      this.#forgetWhatChanged();
      if (askedAtMs - this.#changedAtMs >= settlingMs) this.#known.set(family, found);
      return found;
    });
  }

  reconfigure(settings: AddressSettings): void {
    this.#settings = settings;
    this.#known.clear();
  }

  close(): void {
    this.#watch.close();
  }

  #forgetWhatChanged(): void {
    if (!this.#watch.changed()) return;
    this.#onChanged();
    this.#known.clear();
    this.#changedAtMs = this.#nowMs();
  }
}
