import type { Field } from '../message/field.ts';
import { type IpValue, ipTexts } from '../message/ip-value.ts';
import { layout } from '../message/layout.ts';
import { OperationCode } from '../message/operation.ts';
import { ValueType } from '../message/value-type.ts';
import { hostIpFields, hostIpSize, hostRecordSize, terminatorSize } from './host-layout.ts';

/** What a host asks. Pools and indexes are any number, so that a test can ask what no host in its senses does. */
export type HostRequest =
  | (OfKey & { readonly operation: 'get' | 'delete' })
  | HostSet
  /** `index`: 0 … 2³²−1. */
  | (OfPool & { readonly operation: 'enumerate'; readonly index: number })
  /** A MAC address such as "00:15:5D:01:02:0A". */
  | { readonly operation: 'get-ip-info'; readonly adapterId: string }
  /** The adapter by its GUID. */
  | { readonly operation: 'set-ip-info'; readonly value: IpValue }
  /** `code`: 0 … 255. */
  | (OfPool & { readonly operation: 'unknown'; readonly code: number });

interface OfPool {
  /** 0 … 255. */
  readonly pool: number;
}

interface OfKey extends OfPool {
  /** May hold lone surrogates. */
  readonly key: string;
  /** What the packet says instead of the true size. */
  readonly keyBytes?: number;
}

interface HostSet extends OfKey {
  readonly operation: 'set';
  readonly value: HostValue;
  /** What the packet says instead of the true size. */
  readonly valueBytes?: number;
}

/** REG_SZ, REG_U32, REG_U64, or a type that no driver knows. */
export type HostValue = string | { readonly u32: number } | { readonly u64: bigint } | HostBytes;

export interface HostBytes {
  readonly type: number;
  readonly bytes: Buffer;
}

/** A text that the packet has no room for. Sizes are bytes of UTF-16 with its terminator. */
export class TextTooLong extends RangeError {
  constructor(size: number, room: number) {
    super(`a text of ${size} bytes does not fit a field of ${room}`);
    this.name = 'TextTooLong';
  }
}

/**
 * The body of the packet: the UTF-16 form of `struct hv_kvp_msg`, or `struct hv_kvp_ip_msg`.
 * Throws {@link TextTooLong}.
 */
export function encodeHostRequest(request: HostRequest): Buffer {
  switch (request.operation) {
    case 'get-ip-info':
      return ipBody(OperationCode.getIpInfo, { adapterId: request.adapterId });
    case 'set-ip-info':
      return ipBody(OperationCode.setIpInfo, request.value);
    case 'get':
      return keyBody(OperationCode.get, request, layout.getOrSet);
    case 'delete':
      return keyBody(OperationCode.delete, request, layout.delete);
    case 'set':
      return setBody(request);
    case 'enumerate': {
      const body = recordBody(OperationCode.enumerate, request);
      body.writeUInt32LE(request.index, layout.enumerate.index.offset);
      return body;
    }
    case 'unknown':
      return recordBody(request.code, request);
  }
}

function recordBody(code: number, { pool }: OfPool): Buffer {
  const body = Buffer.alloc(hostRecordSize);
  body.writeUInt8(code, layout.header.operation.offset);
  body.writeUInt8(pool, layout.header.pool.offset);
  return body;
}

function keyBody(code: number, request: OfKey, fields: { readonly key: Field; readonly keyBytes: Field }): Buffer {
  const body = recordBody(code, request);
  const size = writeHostText(body, fields.key, request.key);
  body.writeUInt32LE(request.keyBytes ?? size, fields.keyBytes.offset);
  return body;
}

function setBody(request: HostSet): Buffer {
  const { value: field, valueType, valueBytes } = layout.getOrSet;
  const { value } = request;
  const body = keyBody(OperationCode.set, request, layout.getOrSet);
  const [type, size] = writeHostValue(body, field, value);
  body.writeUInt32LE(type, valueType.offset);
  body.writeUInt32LE(request.valueBytes ?? size, valueBytes.offset);
  return body;
}

function writeHostValue(body: Buffer, field: Field, value: HostValue): readonly [type: number, size: number] {
  if (typeof value === 'string') return [ValueType.text, writeHostText(body, field, value)];
  if ('u32' in value) return [ValueType.u32, body.writeUInt32LE(value.u32, field.offset) - field.offset];
  if ('u64' in value) return [ValueType.u64, body.writeBigUInt64LE(value.u64, field.offset) - field.offset];
  return [value.type, value.bytes.copy(body, field.offset, 0, field.size)];
}

function ipBody(code: number, value: Partial<IpValue>): Buffer {
  const body = Buffer.alloc(hostIpSize);
  body.writeUInt8(code, layout.header.operation.offset);
  body.writeUInt8(value.addressFamily ?? 0, hostIpFields.addressFamily.offset);
  body.writeUInt8(Number(value.dhcpEnabled ?? false), hostIpFields.dhcpEnabled.offset);
  for (const text of ipTexts) writeHostText(body, hostIpFields[text], value[text] ?? '');
  return body;
}

/** Writes UTF-16LE; returns the bytes used, the terminator included, as the protocol counts sizes. */
function writeHostText(body: Buffer, field: Field, text: string): number {
  const size = Buffer.byteLength(text, 'utf16le') + terminatorSize;
  if (size > field.size) throw new TextTooLong(size, field.size);
  body.write(text, field.offset, 'utf16le');
  return size;
}
