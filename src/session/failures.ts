import type { Log } from '../log/log.ts';
import type { Request } from '../message/request.ts';

/** Logs what the system fails to do once, until it succeeds or fails otherwise: a host asks again and again. */
export class Failures {
  readonly #log: Log;
  /** By operation and pool. */
  readonly #told = new Map<string, string>();

  constructor(log: Log) {
    this.#log = log;
  }

  failed(request: Request, message: string): void {
    const subject = subjectOf(request);
    if (this.#told.get(subject) !== message) this.#log.error(message);
    this.#told.set(subject, message);
  }

  succeeded(request: Request): void {
    if (this.#told.size > 0) this.#told.delete(subjectOf(request));
  }
}

function subjectOf(request: Request): string {
  return 'pool' in request ? `${request.operation} ${request.pool}` : request.operation;
}
