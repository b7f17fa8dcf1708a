import type { NativeNetworkWatch } from '../device/native.ts';
import { type Awaitable, whenReady } from '../message/awaitable.ts';
import type { IpValue } from '../message/ip-value.ts';

/** A host asks for the few adapters that it has given this guest; whoever asks for more does not fill our memory. */
const most = 100;

/** Ids of which no adapter is in this guest. A host asks for them again and again: all is looked through only once something has changed. */
export class AbsentAdapters {
  readonly #watch: Pick<NativeNetworkWatch, 'changed'>;
  readonly #absent = new Set<string>();

  constructor(watch: Pick<NativeNetworkWatch, 'changed'>) {
    this.#watch = watch;
  }

  /** What `read` says of an adapter, at a moment after the call; `read` is not called where it would find nothing again. */
  ask(adapterId: string, read: () => Awaitable<IpValue | undefined>): Awaitable<IpValue | undefined> {
    if (this.#watch.changed()) this.#absent.clear();
    if (this.#absent.has(adapterId)) return undefined;
    return whenReady(read(), (value) => {
      // What changes while it is read is reported to the next request.
      if (value === undefined && this.#absent.size < most) this.#absent.add(adapterId);
      return value;
    });
  }
}
