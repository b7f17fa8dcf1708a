import type { Field } from '../message/field.ts';
import { layout } from '../message/layout.ts';
import { OperationCode } from '../message/operation.ts';
import { Status } from '../message/status.ts';
import { ValueType } from '../message/value-type.ts';
import { unitSize, type ValueFields } from './host-layout.ts';

/**
 * What a host as strict as openvmm's takes for a fault in a reply with status 0, for which it drops the channel; undefined if
 * there is none (vm/devices/hyperv_ic/src/kvp.rs).
 */
export function textFault(body: Buffer, status: number): string | undefined {
  if (status !== Status.ok) return undefined;
  switch (body.readUInt8(layout.header.operation.offset)) {
    case OperationCode.enumerate: {
      const { key, keyBytes } = layout.enumerate;
      return faultIn('key', body, key, keyBytes) ?? faultInValue(body, layout.enumerate);
    }
    case OperationCode.get:
      return faultInValue(body, layout.getOrSet);
    default:
      return undefined;
  }
}

/** Registry types: text, text with variables in it, and integers. */
const textTypes: readonly number[] = [ValueType.text, 2];
const sizesOfTypes: ReadonlyMap<number, number> = new Map([
  [ValueType.u32, 4],
  [11, 8],
]);

function faultInValue(body: Buffer, { value, valueBytes, valueType }: ValueFields): string | undefined {
  const type = body.readUInt32LE(valueType.offset);
  if (textTypes.includes(type)) return faultIn('value', body, value, valueBytes);
  const size = body.readUInt32LE(valueBytes.offset);
  const wanted = sizesOfTypes.get(type);
  if (wanted === undefined) return `the value is of an unknown type, ${type}`;
  return size === wanted ? undefined : `the value of type ${type} has a size of ${size}, not ${wanted}`;
}

function faultIn(what: string, body: Buffer, field: Field, sizeField: Field): string | undefined {
  const size = body.readUInt32LE(sizeField.offset);
  if (size % unitSize !== 0) return `the ${what} has an odd size, ${size}`;
  if (size > field.size) return `the ${what} has a size of ${size}, beyond its field of ${field.size}`;
  if (size === 0) return `the ${what} has no terminator`;
  const end = field.offset + size - unitSize;
  if (body.readUInt16LE(end) !== 0) return `the ${what} has no terminator at its end`;
  return /\p{Surrogate}/u.test(body.toString('utf16le', field.offset, end))
    ? `the ${what} is ill-formed UTF-16`
    : undefined;
}
