import { type Dialect, dialects } from '../../src/message/dialect.ts';
import { writeText } from '../../src/message/fixed-text.ts';
import { type IpValue, writeIpValue } from '../../src/message/ip-value.ts';
import { layout } from '../../src/message/layout.ts';
import { OperationCode } from '../../src/message/operation.ts';
import type { DeleteRequest, EnumerateRequest, GetRequest, SetRequest } from '../../src/message/request.ts';

type Encodable = GetRequest | SetRequest | DeleteRequest | EnumerateRequest | GetIpInfo | SetIpInfo;

interface GetIpInfo {
  readonly operation: 'get-ip-info';
  readonly adapterId: string;
}

interface SetIpInfo {
  readonly operation: 'set-ip-info';
  readonly value: IpValue;
}

/** The message with which a driver hands over a request, with true sizes. */
export function driverMessage(request: Encodable, dialect: Dialect = dialects.linux): Buffer {
  const message = Buffer.alloc(dialect.messageSize);
  const { getOrSet, header } = layout;
  if ('pool' in request) message.writeUInt8(request.pool, header.pool.offset);
  message.writeUInt8(codes[request.operation], header.operation.offset);
  switch (request.operation) {
    case 'enumerate':
      message.writeUInt32LE(request.index, layout.enumerate.index.offset);
      break;
    case 'delete':
      message.writeUInt32LE(writeText(message, layout.delete.key, request.key), layout.delete.keyBytes.offset);
      break;
    case 'set':
      message.writeUInt32LE(writeText(message, getOrSet.value, request.value), getOrSet.valueBytes.offset);
      message.writeUInt32LE(writeText(message, getOrSet.key, request.key), getOrSet.keyBytes.offset);
      break;
    case 'get':
      message.writeUInt32LE(writeText(message, getOrSet.key, request.key), getOrSet.keyBytes.offset);
      break;
    case 'get-ip-info':
      writeText(message, layout.ip.adapterId, request.adapterId);
      break;
    case 'set-ip-info':
      writeIpValue(message, request.value);
      break;
  }
  return message;
}

/** The Linux driver's answer to a registration. */
export function registrationAnswer(version = '3.1'): Buffer {
  const message = Buffer.alloc(dialects.linux.messageSize);
  message.writeUInt8(OperationCode.register1, layout.header.operation.offset);
  writeText(message, layout.register.version, version);
  return message;
}

const codes = {
  get: OperationCode.get,
  set: OperationCode.set,
  delete: OperationCode.delete,
  enumerate: OperationCode.enumerate,
  'get-ip-info': OperationCode.getIpInfo,
  'set-ip-info': OperationCode.setIpInfo,
} as const;
