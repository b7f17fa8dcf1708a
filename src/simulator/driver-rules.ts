import { type Dialect, dialects, type System } from '../message/dialect.ts';
import { freebsdUtf16, freebsdUtf8 } from './freebsd-text.ts';
import { linuxUtf16, linuxUtf8 } from './linux-text.ts';

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

/** `drivers/hv/hv_kvp.c` of Linux 6.1. */
const linuxRules: DriverRules = {
  dialect: dialects.linux,
  utf8: linuxUtf8,
  utf16: linuxUtf16,
  reportedSize: (utf8Bytes) => utf8Bytes + 1,
  readU32: (body, offset) => body.readUInt32LE(offset),
  refusalKeepsBody: true,
  answersUnknownAsEnumerate: true,
  namesAdapters: false,
  noticesDeath: true,
  deliversWhileReplyIsLate: true,
  panics: false,
};

/** The converter reads twice the text's units, and the driver halves what it counts: right for ASCII only. */
const unitsRead = 2;

/** `sys/dev/hyperv/utilities/hv_kvp.c` of FreeBSD 13 and 14. */
const freebsdRules: DriverRules = {
  dialect: dialects.freebsd,
  utf8: freebsdUtf8,
  utf16: freebsdUtf16,
  reportedSize: (utf8Bytes) => Math.floor(utf8Bytes / unitsRead),
  readU32: (body, offset) => body.readInt32LE(offset),
  refusalKeepsBody: false,
  answersUnknownAsEnumerate: false,
  namesAdapters: true,
  noticesDeath: false,
  deliversWhileReplyIsLate: false,
  panics: true,
};

export const driverRules: Readonly<Record<System, DriverRules>> = { linux: linuxRules, freebsd: freebsdRules };
