import { dialects } from '../message/dialect.ts';
import type { DriverRules } from './driver-rules.ts';
import { linuxUtf16, linuxUtf8 } from './linux-text.ts';

/** `drivers/hv/hv_kvp.c` of Linux 6.1. */
export const linuxRules: DriverRules = {
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
