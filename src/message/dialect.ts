import type { CarriedUnits } from './carried-reply.ts';
import type { Field } from './field.ts';
import { layout } from './layout.ts';
import { OperationCode } from './operation.ts';

export type System = 'linux' | 'freebsd';

/** What differs between the two drivers that hand us messages; each line is a fact observed on the real one. */
export interface Dialect {
  readonly system: System;
  /** `sizeof(struct hv_kvp_msg)`: Linux leaves the delete struct unpacked, so its union is padded to four bytes. */
  readonly messageSize: number;
  readonly registerOperation: number;
  /** The driver answers the registration with one message, its version, to which there is no reply. */
  readonly answersRegistration: boolean;
  /** Sizes count the text truly. FreeBSD's are wrong for anything but ASCII, so there the NUL decides. */
  readonly tellsTextSizes: boolean;
  /** Where the driver takes the value of a GET reply from: Linux reads it as if it answered an ENUMERATE. */
  readonly getReplyValue: Field;
  /**
   * A reply to a request that has expired is refused with EINVAL or, once the next request waits, taken for the answer
   * to that one: so a message that waits before our write means a dead request. FreeBSD keeps POLLIN up till the reply.
   */
  readonly expiresRequests: boolean;
  /** A reply is with the host once its write returns, also if that returns an error: the driver's conversion failed. */
  readonly deliversDespiteErrors: boolean;
  /**
   * What the driver carries to the host, where the daemon has to see to it: FreeBSD's gives sizes as if it had not cut, and half
   * of a surrogate pair, for either of which a strict host drops the whole channel. Linux's cuts between characters.
   */
  readonly carriedUnits: CarriedUnits | undefined;
  /** How long the driver waits for a reply before it answers the host itself. */
  readonly replyTimeoutMs: number;
}

export const dialects: Readonly<Record<System, Dialect>> = {
  linux: {
    system: 'linux',
    messageSize: 7432,
    registerOperation: OperationCode.register1,
    answersRegistration: true,
    tellsTextSizes: true,
    getReplyValue: layout.enumerate.value,
    expiresRequests: true,
    deliversDespiteErrors: false,
    carriedUnits: undefined,
    replyTimeoutMs: 30_000,
  },
  freebsd: {
    system: 'freebsd',
    messageSize: 7430,
    registerOperation: OperationCode.register,
    answersRegistration: false,
    tellsTextSizes: false,
    getReplyValue: layout.getOrSet.value,
    expiresRequests: false,
    deliversDespiteErrors: true,
    carriedUnits: { key: 254, value: 1022 },
    replyTimeoutMs: 5000,
  },
};
