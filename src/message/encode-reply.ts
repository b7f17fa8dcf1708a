import type { Dialect } from './dialect.ts';
import { writeText } from './fixed-text.ts';
import { writeIpValue } from './ip-value.ts';
import { layout } from './layout.ts';
import { type Reply, statusOf } from './reply.ts';
import { ValueType } from './value-type.ts';

/** Turns the request in `message` into its reply, in place: what a reply does not speak of goes back as it came. */
export function encodeReply(message: Buffer, reply: Reply, dialect: Dialect): void {
  switch (reply.kind) {
    case 'status':
      break;
    case 'value':
      encodeValue(message, reply.value, dialect);
      break;
    case 'record':
      encodeRecord(message, reply.key, reply.value);
      break;
    case 'ip-value':
      writeIpValue(message, reply.value);
      break;
  }
  message.writeUInt32LE(statusOf(reply), layout.header.status.offset);
}

function encodeValue(message: Buffer, value: Buffer, dialect: Dialect): void {
  const { valueType, valueBytes } = layout.getOrSet;
  message.fill(0, layout.getOrSet.value.offset, dialect.getReplyValue.offset);
  message.writeUInt32LE(ValueType.text, valueType.offset);
  message.writeUInt32LE(writeText(message, dialect.getReplyValue, value), valueBytes.offset);
}

function encodeRecord(message: Buffer, key: Buffer, value: Buffer): void {
  const { enumerate } = layout;
  message.writeUInt32LE(ValueType.text, enumerate.valueType.offset);
  message.writeUInt32LE(writeText(message, enumerate.key, key), enumerate.keyBytes.offset);
  message.writeUInt32LE(writeText(message, enumerate.value, value), enumerate.valueBytes.offset);
}
