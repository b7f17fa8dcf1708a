import { dialects } from '../message/dialect.ts';
import type { DriverRules } from './driver-rules.ts';
import { freebsdUtf16, freebsdUtf8 } from './freebsd-text.ts';

/** The converter reads twice the text's units, and the driver halves what it counts: right for ASCII only. */
const unitsRead = 2;

/** `sys/dev/hyperv/utilities/hv_kvp.c` of FreeBSD 13 and 14. */
export const freebsdRules: DriverRules = {
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
