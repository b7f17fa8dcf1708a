import type { ControlClient } from '../../control/client.ts';
import type { AutoKeyReport, StatusReport } from '../../control/protocol.ts';
import type { StatusWithAutoKeys } from './daemon-access.ts';

const keptMs = 60_000;

/**
 * A daemon's status, to be asked again and again. The automatic keys are asked for only at first, after a reload or a registration, and
 * each minute: to find it out the daemon may have to run programs.
 */
export class RepeatedStatus {
  readonly #client: Pick<ControlClient, 'status' | 'autoKeys'>;
  readonly #now: () => number;
  #autoKeys: readonly AutoKeyReport[] = [];
  /** Of the daemon when it was asked for the automatic keys. */
  #state = '';
  #keptUntil = 0;

  /** `now` is a monotonic clock in milliseconds. */
  constructor(client: Pick<ControlClient, 'status' | 'autoKeys'>, now = () => performance.now()) {
    this.#client = client;
    this.#now = now;
  }

  async ask(): Promise<StatusWithAutoKeys> {
    const status = await this.#client.status();
    const state = stateOf(status);
    if (state !== this.#state || this.#now() >= this.#keptUntil) {
      this.#autoKeys = await this.#client.autoKeys();
      this.#state = state;
      this.#keptUntil = this.#now() + keptMs;
    }
    return { ...status, autoKeys: this.#autoKeys };
  }
}

function stateOf({ configuration, registrations }: StatusReport): string {
  return `${configuration.readAt} ${registrations}`;
}
