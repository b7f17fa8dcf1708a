import type { IpValue } from './ip-value.ts';
import { Status } from './status.ts';

/** What goes back to the driver. */
export type Reply =
  | StatusReply
  /** To GET. Bytes without NUL. */
  | { readonly kind: 'value'; readonly value: Buffer }
  /** To ENUMERATE. Bytes without NUL. */
  | { readonly kind: 'record'; readonly key: Buffer; readonly value: Buffer }
  /** To GET_IP_INFO. */
  | { readonly kind: 'ip-value'; readonly value: IpValue };

/** The body goes back as it came. */
export interface StatusReply {
  readonly kind: 'status';
  readonly status: Status;
}

export function statusReply(status: Status): StatusReply {
  return { kind: 'status', status };
}

/** The status for the host: whatever carries an answer is a success. */
export function statusOf(reply: Reply): Status {
  return reply.kind === 'status' ? reply.status : Status.ok;
}
