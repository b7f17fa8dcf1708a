import type { Field } from '../message/field.ts';
import { readBytes, writeText } from '../message/fixed-text.ts';
import { ipLists, type ipTexts } from '../message/ip-value.ts';
import { layout } from '../message/layout.ts';
import { OperationCode } from '../message/operation.ts';
import { ValueType } from '../message/value-type.ts';
import type { DriverRules } from './driver-rules.ts';
import { bytesOf, hostIpFields, unitSize } from './host-layout.ts';

/** Names of the driver's network interfaces by the adapter's GUID, as FreeBSD writes it: in lower case. */
export type InterfaceNames = ReadonlyMap<string, string>;

/** Fills the daemon's message from the body of a host's request. The type of a value is not handed on. */
export function convertToDaemon(body: Buffer, message: Buffer, rules: DriverRules, names: InterfaceNames): void {
  const { header, getOrSet, enumerate } = layout;
  message.fill(0);
  bytesOf(body, header.operation).copy(message, header.operation.offset);
  bytesOf(body, header.pool).copy(message, header.pool.offset);
  switch (body.readUInt8(header.operation.offset)) {
    case OperationCode.set:
      convertValue(body, message, rules);
      convertText(body, message, getOrSet.key, getOrSet.keyBytes, rules);
      break;
    case OperationCode.get:
      convertText(body, message, getOrSet.key, getOrSet.keyBytes, rules);
      break;
    case OperationCode.delete:
      convertText(body, message, layout.delete.key, layout.delete.keyBytes, rules);
      break;
    case OperationCode.enumerate:
      bytesOf(body, enumerate.index).copy(message, enumerate.index.offset);
      break;
    case OperationCode.setIpInfo:
      convertIpValue(body, message, rules, names);
      break;
    case OperationCode.getIpInfo:
      convertAdapter(body, message, rules);
      break;
  }
}

/** A type that the driver does not know leaves the value empty and its size 0. */
function convertValue(body: Buffer, message: Buffer, rules: DriverRules): void {
  const { value, valueBytes, valueType } = layout.getOrSet;
  switch (body.readUInt32LE(valueType.offset)) {
    case ValueType.text:
      convertText(body, message, value, valueBytes, rules);
      break;
    case ValueType.u32:
      writeDecimal(message, rules.readU32(body, value.offset));
      break;
    case ValueType.u64:
      writeDecimal(message, body.readBigUInt64LE(value.offset));
      break;
  }
}

function writeDecimal(message: Buffer, number: number | bigint): void {
  const { value, valueBytes } = layout.getOrSet;
  message.writeUInt32LE(writeText(message, value, number.toString()), valueBytes.offset);
}

/** The drivers take a size in bytes for one in units, and so may read on behind the field. One byte is kept for a NUL. */
function convertText(body: Buffer, message: Buffer, field: Field, size: Field, rules: DriverRules): void {
  const units = Math.max(0, body.readInt32LE(size.offset));
  const source = body.subarray(field.offset, field.offset + units * unitSize);
  const length = rules.utf8(source, bytesOf(message, field).subarray(0, -1));
  message.writeUInt32LE(rules.reportedSize(length), size.offset);
}

function convertIpValue(body: Buffer, message: Buffer, rules: DriverRules, names: InterfaceNames): void {
  const { adapterId, dhcpEnabled } = layout.ip;
  for (const list of ipLists) convertIpText(body, message, list, rules);
  convertAdapter(body, message, rules);
  bytesOf(body, hostIpFields.dhcpEnabled).copy(message, dhcpEnabled.offset);
  const name = rules.namesAdapters ? names.get(readBytes(message, adapterId).toString()) : undefined;
  if (name !== undefined) writeText(message, adapterId, name);
}

function convertAdapter(body: Buffer, message: Buffer, rules: DriverRules): void {
  convertIpText(body, message, 'adapterId', rules);
  bytesOf(body, hostIpFields.addressFamily).copy(message, layout.ip.addressFamily.offset);
}

/** The drivers give the converter as many bytes as the field has units. */
function convertIpText(body: Buffer, message: Buffer, text: (typeof ipTexts)[number], rules: DriverRules): void {
  const target = bytesOf(message, layout.ip[text]);
  rules.utf8(bytesOf(body, hostIpFields[text]), target.subarray(0, target.length / unitSize));
}
