import type { Field } from '../message/field.ts';
import { ipTexts } from '../message/ip-value.ts';
import { layout } from '../message/layout.ts';
import { OperationCode } from '../message/operation.ts';
import { Status } from '../message/status.ts';
import { ValueType } from '../message/value-type.ts';
import type { DriverRules } from './driver-rules.ts';
import { bytesOf, hostIpFields, terminatorSize, unitSize, type ValueFields } from './host-layout.ts';

/** The drivers keep back room for two units, though they write no terminator. */
const reservedSize = terminatorSize + unitSize;

/** Puts the daemon's reply into the body of the host's request; returns the status for the host. */
export function convertToHost(message: Buffer, body: Buffer, rules: DriverRules): number {
  const status = message.readUInt32LE(layout.header.status.offset);
  if (status !== Status.ok && rules.refusalKeepsBody) return status;
  return convertBody(message, body, rules) ? status : Status.fail;
}

/** False if the daemon's text cannot be converted. */
function convertBody(message: Buffer, body: Buffer, rules: DriverRules): boolean {
  switch (body.readUInt8(layout.header.operation.offset)) {
    case OperationCode.set:
    case OperationCode.delete:
    case OperationCode.setIpInfo:
      return true;
    case OperationCode.getIpInfo:
      return convertIpValue(message, body, rules);
    case OperationCode.get:
      return convertValue(message, rules.dialect.getReplyValue, body, layout.getOrSet, rules);
    case OperationCode.enumerate:
      return convertRecord(message, body, rules);
    default:
      return !rules.answersUnknownAsEnumerate || convertRecord(message, body, rules);
  }
}

function convertRecord(message: Buffer, body: Buffer, rules: DriverRules): boolean {
  const { enumerate } = layout;
  const keyIsText = convertText(message, enumerate.key, body, enumerate.key, enumerate.keyBytes, rules);
  return convertValue(message, enumerate.value, body, enumerate, rules) && keyIsText;
}

function convertValue(message: Buffer, from: Field, body: Buffer, to: ValueFields, rules: DriverRules): boolean {
  body.writeUInt32LE(ValueType.text, to.valueType.offset);
  return convertText(message, from, body, to.value, to.valueBytes, rules);
}

/** The size counts a terminator that is not written; a failure's negative length goes into it as it is. */
function convertText(message: Buffer, from: Field, body: Buffer, to: Field, size: Field, rules: DriverRules): boolean {
  const units = rules.utf16(bytesOf(message, from), bytesOf(body, to).subarray(0, -reservedSize));
  body.writeInt32LE(units * unitSize + terminatorSize, size.offset);
  return units >= 0;
}

function convertIpValue(message: Buffer, body: Buffer, rules: DriverRules): boolean {
  const { addressFamily, dhcpEnabled } = layout.ip;
  bytesOf(message, addressFamily).copy(body, hostIpFields.addressFamily.offset);
  bytesOf(message, dhcpEnabled).copy(body, hostIpFields.dhcpEnabled.offset);
  return ipTexts.every(
    (text) => rules.utf16(bytesOf(message, layout.ip[text]), bytesOf(body, hostIpFields[text])) >= 0,
  );
}
