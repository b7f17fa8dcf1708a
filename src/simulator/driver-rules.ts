import type { Dialect, System } from '../message/dialect.ts';
import { freebsdRules } from './freebsd-rules.ts';
import { linuxRules } from './linux-rules.ts';

/** What one system's driver does with a host's packets, beyond the form of its messages. */
export interface DriverRules {
  readonly dialect: Dialect;
  /** Converts UTF-16 into `target`; returns the bytes that it counts. */
  readonly utf8: (source: Buffer, target: Buffer) => number;
  /** Converts UTF-8 up to its NUL into `target`; returns the units that it counts, a negative number for failure. */
  readonly utf16: (source: Buffer, target: Buffer) => number;
  /** The size that the daemon gets for a text of so many bytes. */
  readonly reportedSize: (utf8Bytes: number) => number;
  readonly readU32: (body: Buffer, offset: number) => number;
  /** On a status other than 0 the host gets its own body back; otherwise what the daemon wrote is converted all the same. */
  readonly refusalKeepsBody: boolean;
  /** The reply to an operation that the driver does not know is read as if it answered an ENUMERATE. */
  readonly answersUnknownAsEnumerate: boolean;
  /** A GUID that is one of the driver's adapters, written just so, reaches the daemon as the interface's name. */
  readonly namesAdapters: boolean;
  /** The end of the daemon in mid-transaction is reported to the host at once, not when the time is up. */
  readonly noticesDeath: boolean;
  /** A request is delivered though the reply to an expired one is still out; that reply then answers the new request. */
  readonly deliversWhileReplyIsLate: boolean;
  /** A write that answers nothing, before the host has sent anything, ends the kernel. */
  readonly panics: boolean;
}

export const driverRules: Readonly<Record<System, DriverRules>> = { linux: linuxRules, freebsd: freebsdRules };
