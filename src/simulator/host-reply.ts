import type { Field } from '../message/field.ts';
import { type IpValue, readIpValue } from '../message/ip-value.ts';
import { layout } from '../message/layout.ts';
import { hostIpFields, terminatorSize } from './host-layout.ts';

/** A key and its value, as the host sees them. */
export interface HostRecord {
  readonly key: string;
  readonly value: string;
}

/** The record in an ENUMERATE reply's body. */
export function decodeHostRecord(body: Buffer): HostRecord {
  const { key, keyBytes, value, valueBytes } = layout.enumerate;
  return { key: readSizedText(body, key, keyBytes), value: readSizedText(body, value, valueBytes) };
}

/** The value in a GET reply's body. */
export function decodeHostValue(body: Buffer): string {
  return readSizedText(body, layout.getOrSet.value, layout.getOrSet.valueBytes);
}

/** The body of a GET_IP_INFO's reply. */
export function decodeHostIpValue(body: Buffer): IpValue {
  return readIpValue(body, hostIpFields, (field) => readText(body, field, field.size));
}

/** The drivers write no terminator, though their sizes count one. */
function readSizedText(body: Buffer, field: Field, size: Field): string {
  return readText(body, field, body.readUInt32LE(size.offset) - terminatorSize);
}

function readText(body: Buffer, field: Field, size: number): string {
  const end = field.offset + Math.max(0, Math.min(size, field.size));
  return body.toString('utf16le', field.offset, end).replace(/\0.*/s, '');
}
