import type { ControlClient } from '../../control/client.ts';
import type { AutoKeyReport, StatusReport } from '../../control/protocol.ts';
import type { ToldStatus } from './daemon-access.ts';

const keptMs = 60_000;

/**
 * A daemon's status, to be asked again and again. What the host is told is asked only at first, after a reload or a registration, and
 * each minute: to find it out the daemon may have to run programs.
 */
export class RepeatedStatus {
  readonly #client: Pick<ControlClient, 'status' | 'autoKeys'>;
  readonly #now: () => number;
  #told: readonly AutoKeyReport[] = [];
  /** Of the daemon when it was asked what the host is told. */
  #state = '';
  #keptUntil = 0;

  /** `now` is a monotonic clock in milliseconds. */
  constructor(client: Pick<ControlClient, 'status' | 'autoKeys'>, now = () => performance.now()) {
    this.#client = client;
    this.#now = now;
  }

  async ask(): Promise<ToldStatus> {
    const status = await this.#client.status();
    const state = stateOf(status);
    if (state !== this.#state || this.#now() >= this.#keptUntil) {
      this.#told = await this.#client.autoKeys();
      this.#state = state;
      this.#keptUntil = this.#now() + keptMs;
    }
    return { ...status, told: this.#told };
  }
}

function stateOf({ configuration, registrations }: StatusReport): string {
  return `${configuration.readAt} ${registrations}`;
}
