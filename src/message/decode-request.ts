import type { Dialect } from './dialect.ts';
import type { Field } from './field.ts';
import { readBytes } from './fixed-text.ts';
import { readIpValue } from './ip-value.ts';
import { layout } from './layout.ts';
import { OperationCode } from './operation.ts';
import { isPoolNumber, poolName, type PoolNumber } from './pool.ts';
import type { Refused, Request } from './request.ts';
import { Status } from './status.ts';

/** The only error that {@link decodeRequest} throws: the bytes are not one message of this dialect. */
export class MessageSizeError extends Error {
  override readonly name = 'MessageSizeError';

  constructor(actual: number, expected: number) {
    super(`a message has ${expected} bytes, not ${actual}`);
  }
}

/** Reads one message from the driver. What cannot be served comes back as a {@link Refused} request with its status. */
export function decodeRequest(message: Buffer, dialect: Dialect): Request {
  if (message.length !== dialect.messageSize) throw new MessageSizeError(message.length, dialect.messageSize);
  const code = message.readUInt8(layout.header.operation.offset);
  switch (code) {
    case OperationCode.getIpInfo:
      return { operation: 'get-ip-info', adapterId: readBytes(message, layout.ip.adapterId).toString() };
    case OperationCode.setIpInfo:
      return { operation: 'set-ip-info', value: readIpValue(message) };
    case OperationCode.get:
    case OperationCode.set:
    case OperationCode.delete:
    case OperationCode.enumerate:
      return decodeRecordRequest(message, code, dialect);
    default:
      return refused(Status.notSupported, `unknown operation ${code}`);
  }
}

function decodeRecordRequest(message: Buffer, code: 0 | 1 | 2 | 3, dialect: Dialect): Request {
  const pool = message.readUInt8(layout.header.pool.offset);
  if (!isPoolNumber(pool)) return refused(Status.invalidArgument, `unknown pool ${pool}`);
  switch (code) {
    case OperationCode.enumerate:
      return { operation: 'enumerate', pool, index: message.readUInt32LE(layout.enumerate.index.offset) };
    case OperationCode.delete:
      return withKey(message, layout.delete, dialect, (key) => ({ operation: 'delete', pool, key }));
    case OperationCode.get:
      return withKey(message, layout.getOrSet, dialect, (key) => ({ operation: 'get', pool, key }));
    case OperationCode.set:
      return withKey(message, layout.getOrSet, dialect, (key) => decodeSet(message, pool, key, dialect));
  }
}

function withKey(
  message: Buffer,
  fields: { readonly key: Field; readonly keyBytes: Field },
  dialect: Dialect,
  use: (key: Buffer) => Request,
): Request {
  const key = readSizedText(message, fields.key, fields.keyBytes, dialect);
  if (key === undefined) return refused(Status.noMoreItems, 'the key is longer than its field');
  if (key.length === 0) return refused(Status.invalidArgument, 'the key is empty');
  return use(key);
}

function decodeSet(message: Buffer, pool: PoolNumber, key: Buffer, dialect: Dialect): Request {
  const { value: text, valueBytes } = layout.getOrSet;
  const value = readSizedText(message, text, valueBytes, dialect);
  if (value === undefined) return refused(Status.noMoreItems, 'the value is longer than its field');
  // Both drivers count the NUL of an empty text. For a value of a type that they do not know they write nothing, and no size.
  if (value.length === 0 && message.readUInt32LE(valueBytes.offset) === 0) {
    const record = `'${key.toString()}' of pool ${poolName(pool)}`;
    return refused(Status.invalidArgument, `a value for ${record} is of a type that the driver does not pass on`);
  }
  return { operation: 'set', pool, key, value };
}

/** The text of a field, as long as its size says where sizes are true; undefined if the size is beyond the field. */
function readSizedText(message: Buffer, text: Field, size: Field, dialect: Dialect): Buffer | undefined {
  if (!dialect.tellsTextSizes) return readBytes(message, text);
  const statedSize = message.readUInt32LE(size.offset);
  return statedSize > text.size ? undefined : readBytes(message, text, statedSize);
}

function refused(status: Status, reason: string): Refused {
  return { operation: 'refused', status, reason };
}
