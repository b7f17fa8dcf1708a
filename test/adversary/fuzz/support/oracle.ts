import { isUtf8 } from 'node:buffer';
import { crc32 } from 'node:zlib';
import type { Dialect } from '../../../../src/message/dialect.ts';
import type { Field } from '../../../../src/message/field.ts';
import { layout } from '../../../../src/message/layout.ts';
import { OperationCode } from '../../../../src/message/operation.ts';
import { Status } from '../../../../src/message/status.ts';
import { ValueType } from '../../../../src/message/value-type.ts';
import { autoKeyNames, type Guest } from './guest.ts';
import { filePools, type ModelRecord, type PoolModel } from './pool-model.ts';

const nul = 0;
const autoPool = 2;
const bytesInMessage = 'latin1';

/**
 * Says what the daemon must reply to any message, from the protocol and not from the daemon's code: byte by byte, but for values
 * that the machine makes up.
 */
export class Oracle {
  readonly #isFreebsd: boolean;
  readonly #model: PoolModel;
  readonly #guest: Guest;
  readonly #expected: Buffer;

  constructor(dialect: Dialect, model: PoolModel, guest: Guest) {
    this.#isFreebsd = dialect.system === 'freebsd';
    this.#model = model;
    this.#guest = guest;
    this.#expected = Buffer.alloc(dialect.messageSize);
  }

  /** What is wrong with a reply; undefined if nothing is. The model becomes what the pools must hold now. */
  objection(request: Buffer, reply: Buffer): string | undefined {
    if (reply.length !== request.length) return `the reply has ${reply.length} bytes`;
    request.copy(this.#expected);
    const isAnswered = this.#answer(request, reply);
    if (typeof isAnswered === 'string') return isAnswered;
    if (reply.equals(this.#expected)) return undefined;
    const at = reply.findIndex((byte, index) => byte !== this.#expected[index]);
    const statuses = [reply, this.#expected].map((message) => statusText(message.readUInt32LE(0)));
    return `byte ${at} is ${reply[at]}, not ${this.#expected[at]}; the status is ${statuses.join(', not ')}`;
  }

  /** Makes the expected reply; a text says what is wrong with the one that came. */
  #answer(request: Buffer, reply: Buffer): string | undefined {
    const operation = request.readUInt8(layout.header.operation.offset);
    switch (operation) {
      case OperationCode.getIpInfo:
        return this.#getIpInfo(request, reply);
      case OperationCode.setIpInfo:
        return this.#setIpInfo(request, reply);
      case OperationCode.get:
      case OperationCode.set:
      case OperationCode.delete:
      case OperationCode.enumerate:
        return this.#serve(operation, request.readUInt8(layout.header.pool.offset), request, reply);
      default:
        return this.#status(Status.notSupported);
    }
  }

  #serve(operation: 0 | 1 | 2 | 3, pool: number, request: Buffer, reply: Buffer): string | undefined {
    if (pool !== autoPool && !filePools.some((each) => each === pool)) return this.#status(Status.invalidArgument);
    if (operation === OperationCode.enumerate) {
      return this.#enumerate(pool, request.readUInt32LE(layout.enumerate.index.offset), reply);
    }
    const fields = operation === OperationCode.delete ? layout.delete : layout.getOrSet;
    const key = this.#text(request, fields.key, fields.keyBytes);
    if (key === undefined) return this.#status(Status.noMoreItems);
    if (key === '') return this.#status(Status.invalidArgument);
    if (operation === OperationCode.get) return this.#get(pool, key, reply);
    if (operation === OperationCode.delete) {
      const isThere = pool !== autoPool && this.#model.delete(pool, key);
      return this.#status(isThere ? Status.ok : Status.noMoreItems);
    }
    const value = this.#text(request, layout.getOrSet.value, layout.getOrSet.valueBytes);
    if (value === undefined) return this.#status(Status.noMoreItems);
    if (value === '' && request.readUInt32LE(layout.getOrSet.valueBytes.offset) === 0) {
      return this.#status(Status.invalidArgument);
    }
    if (pool === autoPool) return this.#status(Status.noMoreItems);
    this.#model.set(pool, { key, value });
    return this.#status(Status.ok);
  }

  /** Bytes up to a NUL, the size that is told, or the end of the field; undefined if the size is beyond the field. */
  #text(request: Buffer, field: Field, size: Field): string | undefined {
    const told = this.#isFreebsd ? field.size : request.readUInt32LE(size.offset);
    if (told > field.size) return undefined;
    const text = request.toString(bytesInMessage, field.offset, field.offset + told);
    const end = text.indexOf('\0');
    return end < 0 ? text : text.slice(0, end);
  }

  #enumerate(pool: number, index: number, reply: Buffer): string | undefined {
    const { enumerate } = layout;
    const record = pool === autoPool ? autoRecord(index, reply) : this.#model.records(pool)[index];
    if (record === undefined) return this.#status(Status.noMoreItems);
    this.#status(Status.ok);
    this.#expected.writeUInt32LE(ValueType.text, enumerate.valueType.offset);
    const { key, value } = this.#isFreebsd ? recordThroughFreebsd(record) : record;
    this.#write(enumerate.key, enumerate.keyBytes, key);
    this.#write(enumerate.value, enumerate.valueBytes, value);
    return undefined;
  }

  #get(pool: number, key: string, reply: Buffer): string | undefined {
    const { getOrSet } = layout;
    const field = this.#isFreebsd ? getOrSet.value : layout.enumerate.value;
    const value = pool === autoPool ? autoValue(key, field, reply) : this.#model.get(pool, key);
    if (value === undefined) return this.#status(Status.noMoreItems);
    this.#status(Status.ok);
    this.#expected.writeUInt32LE(ValueType.text, getOrSet.valueType.offset);
    this.#expected.fill(nul, getOrSet.value.offset, field.offset);
    this.#write(field, getOrSet.valueBytes, this.#isFreebsd ? textThroughFreebsd(value, mostUnits.value) : value);
    return undefined;
  }

  /** Text in UTF-8, with its NUL, and how long it is. */
  #write(field: Field, size: Field, text: string): void {
    const valid = validText(Buffer.from(text, bytesInMessage), field.size - 1);
    this.#expected.fill(nul, field.offset, field.offset + field.size);
    valid.copy(this.#expected, field.offset);
    this.#expected.writeUInt32LE(valid.length + 1, size.offset);
  }

  #getIpInfo(request: Buffer, reply: Buffer): string | undefined {
    const { adapterId, ...others } = layout.ip;
    const id = textAt(request, adapterId);
    if (!this.#guest.has(id)) return this.#status(Status.fail);
    this.#status(Status.ok);
    this.#expected.fill(nul, adapterId.offset, adapterId.offset + adapterId.size);
    validText(Buffer.from(id), adapterId.size - 1).copy(this.#expected, adapterId.offset);
    for (const [name, field] of Object.entries(others)) {
      if (field.size > 1 && !isText(reply, field)) return `${name} is no text that ends in its field`;
      reply.copy(this.#expected, field.offset, field.offset, field.offset + field.size);
    }
    return reply.toString('utf8', layout.ip.addresses.offset).startsWith(this.#guest.address)
      ? undefined
      : 'the address of the adapter is missing';
  }

  /** Nothing is ever changed here: a request for an adapter that is there is refused, whatever it says. */
  #setIpInfo(request: Buffer, reply: Buffer): string | undefined {
    if (!this.#guest.isSetBy(textAt(request, layout.ip.adapterId))) return this.#status(Status.guidNotFound);
    const status = reply.readUInt32LE(layout.header.status.offset);
    return this.#status(status === Status.invalidArgument ? status : Status.fail);
  }

  #status(status: Status): string | undefined {
    this.#expected.writeUInt32LE(status, layout.header.status.offset);
    return undefined;
  }
}

function autoRecord(index: number, reply: Buffer): ModelRecord | undefined {
  const key = autoKeyNames[index];
  return key === undefined ? undefined : { key, value: bytesAt(reply, layout.enumerate.value) };
}

function autoValue(key: string, field: Field, reply: Buffer): string | undefined {
  return autoKeyNames.includes(key) ? bytesAt(reply, field) : undefined;
}

/** What the daemon made up, which must be text but is not known to us. */
function bytesAt(message: Buffer, field: Field): string {
  const bytes = message.subarray(field.offset, field.offset + field.size);
  const end = bytes.indexOf(nul);
  return bytes.toString(bytesInMessage, 0, end < 0 ? bytes.length : end);
}

function textAt(message: Buffer, field: Field): string {
  return Buffer.from(bytesAt(message, field), bytesInMessage).toString();
}

function isText(message: Buffer, field: Field): boolean {
  const bytes = message.subarray(field.offset, field.offset + field.size);
  const end = bytes.indexOf(nul);
  return end >= 0 && isUtf8(bytes.subarray(0, end)) && bytes.subarray(end).every((byte) => byte === nul);
}

/** Invalid bytes become U+FFFD; no more than the limit, in whole characters. */
function validText(bytes: Buffer, limit: number): Buffer {
  if (bytes.length <= limit && isUtf8(bytes)) return bytes;
  let text = '';
  let size = 0;
  for (const character of new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)) {
    size += Buffer.byteLength(character);
    if (size > limit) break;
    text += character;
  }
  return Buffer.from(text);
}

/** What FreeBSD's driver carries of each text, in UTF-16 units. */
const mostUnits = { key: 254, value: 1022 } as const;
const beyondBmp = 0xffff;
const crcDigits = 8;

/** A key of which the driver carries less ends with a mark that tells it from others. */
function recordThroughFreebsd({ key, value }: ModelRecord): ModelRecord {
  const carried = { key: textThroughFreebsd(key, mostUnits.key), value: textThroughFreebsd(value, mostUnits.value) };
  if (carried.key === key) return carried;
  const mark = `~${crc32(Buffer.from(key, bytesInMessage)).toString(hexadecimal).padStart(crcDigits, '0')}`;
  return { ...carried, key: textThroughFreebsd(key, mostUnits.key - mark.length) + mark };
}

/** Bytes of the text's first units, with U+FFFD for what takes two, and for what is no UTF-8. */
function textThroughFreebsd(text: string, most: number): string {
  const characters = Array.from(Buffer.from(text, bytesInMessage).toString());
  const carried = characters.slice(0, most).map((each) => ((each.codePointAt(0) ?? 0) > beyondBmp ? '\ufffd' : each));
  return Buffer.from(carried.join('')).toString(bytesInMessage);
}

const hexadecimal = 16;

function statusText(status: number): string {
  return `0x${status.toString(hexadecimal)}`;
}
