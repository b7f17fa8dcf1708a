import type { Log } from '../log/log.ts';
import type { Request } from '../message/request.ts';

/** Logs what the system fails to do once, until it succeeds or fails otherwise: a host asks again and again. */
export class Failures {
  readonly #log: Log;
  /** By operation and pool. */
  readonly #logged = new Map<string, string>();

  constructor(log: Log) {
    this.#log = log;
  }

  failed(request: Request, message: string): void {
    const subject = subjectOf(request);
    if (this.#logged.get(subject) !== message) this.#log.error(message);
    this.#logged.set(subject, message);
  }

  succeeded(request: Request): void {
    if (this.#logged.size > 0) this.#logged.delete(subjectOf(request));
  }
}

function subjectOf(request: Request): string {
  return 'pool' in request ? `${request.operation} ${request.pool}` : request.operation;
}
