import type { Field } from '../message/field.ts';
import { layout } from '../message/layout.ts';

/** Bytes of a UTF-16 unit. */
export const unitSize = 2;

/** The NUL that ends a UTF-16 text, which sizes count. */
export const terminatorSize = unitSize;

/** Bytes of the host's `struct hv_kvp_msg` up to the end of its largest record; its fields are those of `layout`. */
export const hostRecordSize = end(layout.enumerate.value);

/** `struct hv_kvp_ip_msg` has a header of two bytes, without the padding of `struct hv_kvp_msg`. */
const missingPadding = layout.header.status.size - layout.header.operation.size - layout.header.pool.size;

// Object.entries forgets that its keys are those of the fields.
export const hostIpFields = Object.fromEntries(
  Object.entries(layout.ip).map(([name, { offset, size }]) => [name, { offset: offset - missingPadding, size }]),
) as unknown as typeof layout.ip;

/** `sizeof(struct hv_kvp_ip_msg)`. */
export const hostIpSize = end(hostIpFields.dnsServers);

/** The fields of a value in a record. */
export interface ValueFields {
  readonly value: Field;
  readonly valueBytes: Field;
  readonly valueType: Field;
}

/** A view of a field. */
export function bytesOf(bytes: Buffer, { offset, size }: Field): Buffer {
  return bytes.subarray(offset, offset + size);
}

function end({ offset, size }: Field): number {
  return offset + size;
}
