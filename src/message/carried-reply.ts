import { isAscii } from 'node:buffer';
import { checksum } from './checksum.ts';
import type { Dialect } from './dialect.ts';
import type { Reply } from './reply.ts';

/** How many UTF-16 units of a record's texts a driver carries whole. */
export interface CarriedUnits {
  readonly key: number;
  readonly value: number;
}

/** What it does to longer and other texts, for people. */
export function describeCarried({ key, value }: CarriedUnits): string {
  return `the driver carries ${key} UTF-16 units of a key, ${value} of a value, and no character beyond U+FFFF`;
}

interface Texts {
  readonly key: Buffer;
  readonly value: Buffer;
}

const beyondBmp = /[\u{10000}-\u{10ffff}]/gu;
const replacement = '\ufffd';

/** A reply as the driver can carry it: the same object where nothing has to change. */
export function carriedReply(reply: Reply, dialect: Dialect): Reply {
  switch (reply.kind) {
    case 'record': {
      const carried = carriedRecord(reply, dialect);
      return carried === reply ? reply : { ...reply, ...carried };
    }
    case 'value': {
      const value = carriedText(reply.value, dialect.carriedUnits?.value);
      return value === reply.value ? reply : { ...reply, value };
    }
    case 'status':
    case 'ip-value':
      return reply;
  }
}

/** A record as the driver can carry it: the same object where nothing has to change. Different keys stay different. */
export function carriedRecord(record: Texts, { carriedUnits }: Dialect): Texts {
  const value = carriedText(record.value, carriedUnits?.value);
  const key = carriedText(record.key, carriedUnits?.key);
  if (key === record.key) return value === record.value ? record : { key, value };
  const mark = `~${checksum(record.key).toString(16).padStart(8, '0')}`;
  const start = carriedText(record.key, (carriedUnits?.key ?? Infinity) - mark.length);
  return { key: Buffer.concat([start, Buffer.from(mark)]), value };
}

/**
 * Cut at a whole character, with U+FFFD for each beyond the BMP, of which the driver would make half a pair, and for what is not
 * UTF-8; the same buffer where nothing has to change.
 */
function carriedText(text: Buffer, mostUnits: number | undefined): Buffer {
  if (mostUnits === undefined || (text.length <= mostUnits && isAscii(text))) return text;
  const whole = text.toString();
  const carried = Buffer.from(whole.replace(beyondBmp, replacement).slice(0, mostUnits));
  return carried.equals(text) ? text : carried;
}
