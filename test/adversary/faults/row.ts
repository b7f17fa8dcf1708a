import type { System } from '../../../src/message/dialect.ts';

/** What a host gets for a request that meets a fault. */
export type HostGets =
  | 'its answer'
  | 'its answer, once the fault is over'
  | 'E_FAIL'
  /** The driver answers E_FAIL itself: Linux's after 30 s, FreeBSD's after 5. */
  | 'the driver’s time-out';

export interface Row {
  readonly fault: string;
  readonly host: HostGets | Readonly<Record<System, HostGets>>;
  /** All lines, each once, however often the fault is met; DEVICE, FOLDER and … stand for what differs. */
  readonly log: readonly string[] | Readonly<Record<System, readonly string[]>>;
  /** When the next request is answered and a SET is on the disk again. */
  readonly resumes: string;
  /** What a daemon does that was written without the fault in mind. */
  readonly naive: string;
}
