import type { Log } from '../log/log.ts';
import { carriedReply, describeCarried } from '../message/carried-reply.ts';
import type { Dialect } from '../message/dialect.ts';
import type { Reply } from '../message/reply.ts';

/** A host asks for all records again and again. */
const mostReported = 100;

/** Makes replies such as the driver can carry, and logs once for each record what the host does not see as it is stored. */
export class Carrier {
  readonly #dialect: Dialect;
  readonly #log: Log;
  readonly #reported = new Set<string>();

  constructor(dialect: Dialect, log: Log) {
    this.#dialect = dialect;
    this.#log = log;
  }

  carry(reply: Reply): Reply {
    const carried = carriedReply(reply, this.#dialect);
    if (carried !== reply) this.#tell(reply.kind === 'record' ? `the record '${reply.key.toString()}'` : 'a value');
    return carried;
  }

  #tell(subject: string): void {
    const { carriedUnits: most } = this.#dialect;
    if (most === undefined || this.#reported.size >= mostReported || this.#reported.has(subject)) return;
    this.#reported.add(subject);
    this.#log.warning(`the host sees ${subject} changed: ${describeCarried(most)}`);
  }
}
