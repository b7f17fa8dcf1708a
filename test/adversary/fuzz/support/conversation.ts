import type { FuzzedDaemon } from './fuzzed-daemon.ts';
import { Finding } from './fuzzed-daemon.ts';
import { Oracle } from './oracle.ts';
import { PoolModel } from './pool-model.ts';

/** Messages to a daemon that was just started, each of whose replies is looked at. */
export class Conversation {
  readonly daemon: FuzzedDaemon;
  readonly model = new PoolModel();
  readonly #oracle: Oracle;

  constructor(daemon: FuzzedDaemon) {
    this.daemon = daemon;
    this.#oracle = new Oracle(daemon.dialect, this.model, daemon.guest);
  }

  /** Throws {@link Finding} if the reply is not what it must be. */
  exchange(message: Buffer): void {
    const objection = this.#oracle.objection(message, this.daemon.exchange(message));
    if (objection !== undefined) throw new Finding(objection);
  }
}
