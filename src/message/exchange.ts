import type { Reply } from './reply.ts';
import type { Request } from './request.ts';

/** A request and what came of it. The buffers in both are good only as long as nobody reads the next message. */
export interface Exchange {
  readonly request: Request;
  readonly reply: Reply;
  /** From the moment the request was read until its reply was written. */
  readonly milliseconds: number;
  /** The reply came too late: the driver had answered the host itself, and got nothing from us. */
  readonly isLate: boolean;
}
