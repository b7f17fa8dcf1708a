import type { Dialect } from '../../../../src/message/dialect.ts';
import type { Field } from '../../../../src/message/field.ts';
import { layout } from '../../../../src/message/layout.ts';
import { OperationCode } from '../../../../src/message/operation.ts';
import { autoKeyNames, type Guest } from './guest.ts';
import { adapterId, hostileAddresses, hostileText, soundAddresses } from './hostile-text.ts';
import { filePools, type PoolModel } from './pool-model.ts';
import type { Random } from './random.ts';

export interface MessagesOptions {
  readonly random: Random;
  readonly dialect: Dialect;
  readonly guest: Guest;
  /** What the pools hold by now: keys that are there are asked for, and a pool that grows is emptied. */
  readonly model: PoolModel;
  /** One message in so many is about IP information, which takes a daemon longer. */
  readonly ipOneIn: number;
}

type Make = (into: Buffer) => void;

/** Beyond so many records a pool is emptied again. More than one step of a removal moves, in one pool. */
const mostRecords = { usual: 20, large: 100 } as const;
const largePool = 1;
const autoPool = 2;
const remembered = 64;
const keys = 40;
const numbersAtEdges = [
  ...[0, 1, 2, 3, 4, 5, 8, 100, 127, 128, 254, 255, 256, 257, 510, 511, 512, 513, 514, 1021, 1022, 1023, 1024],
  ...[2046, 2047, 2048, 2049, 2050, 7429, 7430, 7431, 7432, 0x7fff, 0x8000, 0xffff, 0x1_0000],
  ...[0x7fff_ffff, 0x8000_0000, 0x8000_0001, 0xffff_fffe, 0xffff_ffff],
] as const;
const recordOperations = [
  ...([OperationCode.get, OperationCode.set, OperationCode.set, OperationCode.delete] as const),
  OperationCode.enumerate,
] as const;
const unknownOperations = [6, 7, 77, OperationCode.register1, 128, 255] as const;

/** Makes messages as a host might send them that wants to do harm, with structure where that leads further. */
export class Messages {
  readonly #options: MessagesOptions;
  readonly #random: Random;
  readonly #former: Buffer[] = [];
  readonly #kinds: readonly [Make, ...Make[]];

  constructor(options: MessagesOptions) {
    this.#options = options;
    this.#random = options.random;
    const valid: Make = (into) => {
      this.#makeValid(into);
    };
    const mutated: Make = (into) => {
      this.#makeValid(into);
      this.#mutate(into);
    };
    const others: readonly Make[] = [
      (into) => {
        this.#makeRandom(into);
      },
      (into) => {
        this.#replay(into);
      },
      (into) => {
        this.#makeValid(into);
        this.#flipBits(into);
      },
    ];
    this.#kinds = [valid, valid, valid, valid, mutated, mutated, mutated, ...others];
  }

  /** Makes the next one in the room given. */
  next(into: Buffer): void {
    const random = this.#random;
    if (random.oneIn(this.#options.ipOneIn)) this.#makeIp(into);
    else random.pick(this.#kinds)(into);
    const slot = random.below(remembered);
    into.copy((this.#former[slot] ??= Buffer.alloc(into.length)));
  }

  #makeValid(into: Buffer): void {
    const { model } = this.#options;
    into.fill(0);
    const pool = this.#random.oneIn(12) ? autoPool : this.#random.pick<number>(filePools);
    const records = pool === autoPool ? [] : model.records(pool);
    const isFull = records.length > (pool === largePool ? mostRecords.large : mostRecords.usual);
    const operation = isFull ? OperationCode.delete : this.#random.pick<number>(recordOperations);
    into.writeUInt8(operation, layout.header.operation.offset);
    into.writeUInt8(pool, layout.header.pool.offset);
    if (operation === OperationCode.enumerate) {
      into.writeUInt32LE(this.#random.below(records.length + autoKeyNames.length + 1), layout.enumerate.index.offset);
      return;
    }
    const there = records[this.#random.below(records.length)]?.key;
    const key = there !== undefined && (isFull || this.#random.oneIn(2)) ? Buffer.from(there, 'latin1') : this.#key();
    const fields = operation === OperationCode.delete ? layout.delete : layout.getOrSet;
    put(into, fields.key, fields.keyBytes, key);
    if (operation !== OperationCode.set) return;
    put(into, layout.getOrSet.value, layout.getOrSet.valueBytes, this.#value());
  }

  #key(): Buffer {
    const random = this.#random;
    if (random.oneIn(10)) return Buffer.from(random.pick(autoKeyNames as [string, ...string[]]));
    if (random.oneIn(20)) return Buffer.from(hostileText(random));
    const key = `key${random.below(keys)}`;
    return Buffer.from(random.oneIn(20) ? key.repeat(random.below(128)) : key);
  }

  #value(): Buffer {
    const random = this.#random;
    if (random.oneIn(8)) return Buffer.from(hostileText(random).repeat(random.below(60)));
    return Buffer.alloc(random.oneIn(8) ? random.below(2048) : random.below(40), 'value ');
  }

  #makeIp(into: Buffer): void {
    const random = this.#random;
    const { ip } = layout;
    into.fill(0);
    into.writeUInt8(random.pick([OperationCode.getIpInfo, OperationCode.setIpInfo]), layout.header.operation.offset);
    into.writeUInt8(random.below(6), layout.header.pool.offset);
    into.writeUInt8(random.oneIn(4) ? random.below(256) : random.below(3), ip.addressFamily.offset);
    into.writeUInt8(random.oneIn(4) ? random.below(256) : random.below(2), ip.dhcpEnabled.offset);
    const isSound = random.oneIn(2);
    putText(into, ip.adapterId, isSound ? this.#options.guest.guid : adapterId(random, this.#options.guest));
    const value = isSound ? soundAddresses(random) : hostileAddresses(random);
    putText(into, ip.addresses, value.addresses);
    putText(into, ip.subnets, value.subnets);
    putText(into, ip.gateways, value.gateways);
    putText(into, ip.dnsServers, value.dnsServers);
    if (random.oneIn(4)) this.#mutateField(into, random.pick(ipFields));
    if (random.oneIn(16)) this.#flipBits(into);
  }

  /** One or several fields get what they should not have. */
  #mutate(into: Buffer): void {
    const random = this.#random;
    for (let count = 1 + random.below(4); count > 0; count -= 1) {
      const field = random.pick(fieldsOf(into.readUInt8(layout.header.operation.offset)));
      this.#mutateField(into, field);
    }
  }

  #mutateField(into: Buffer, field: Field): void {
    const random = this.#random;
    if (field === layout.header.operation) into.writeUInt8(this.#operation(), field.offset);
    else if (field.size === 1) into.writeUInt8(random.oneIn(2) ? random.below(6) : random.below(256), field.offset);
    else if (field.size === 4) into.writeUInt32LE(this.#number(), field.offset);
    else this.#mutateText(into.subarray(field.offset, field.offset + field.size));
  }

  #number(): number {
    return this.#random.oneIn(4) ? this.#random.bits() : this.#random.pick(numbersAtEdges);
  }

  /** Operations on IP information come in their own share. */
  #operation(): number {
    return this.#random.oneIn(4) ? this.#random.pick(unknownOperations) : this.#random.pick(recordOperations);
  }

  #mutateText(text: Buffer): void {
    const random = this.#random;
    const at = random.below(text.length);
    switch (random.below(8)) {
      case 0:
        text.fill('t');
        break;
      case 1:
        text.fill('é', random.below(2));
        break;
      case 2:
        text.fill(0);
        break;
      case 3:
        random.fill(text.subarray(0, random.below(text.length)));
        break;
      case 4:
        text[at] = 0;
        break;
      case 5:
        text.fill('g', at);
        break;
      case 6:
        Buffer.from(hostileText(random)).copy(text, random.oneIn(2) ? 0 : at);
        break;
      default:
        text.fill(random.pick([0xff, 0xc0, 0xed, 0x80]), random.oneIn(2) ? 0 : at);
    }
  }

  #makeRandom(into: Buffer): void {
    this.#random.fill(into);
    into.writeUInt8(this.#random.oneIn(4) ? 6 + this.#random.below(250) : this.#operation());
    if (this.#random.oneIn(2)) into.writeUInt8(this.#random.below(6), layout.header.pool.offset);
    // Else sizes would be beyond their fields almost always.
    if (this.#random.oneIn(2)) return;
    for (const field of sizeFields) into.writeUInt32LE(this.#random.below(2100), field.offset);
  }

  #replay(into: Buffer): void {
    const former = this.#former[this.#random.below(remembered)];
    if (former === undefined) this.#makeValid(into);
    else former.copy(into);
  }

  #flipBits(into: Buffer): void {
    const random = this.#random;
    // Where something is that has a meaning, more often than anywhere.
    const range = random.oneIn(3) ? into.length : 64;
    for (let count = 1 + random.below(8); count > 0; count -= 1) {
      const at = 1 + random.below(range - 1);
      into.writeUInt8(into.readUInt8(at) ^ (1 << random.below(8)), at);
    }
  }
}

const sizeFields = [layout.getOrSet.keyBytes, layout.getOrSet.valueBytes, layout.delete.keyBytes] as const;

const ipFields = Object.values(layout.ip) as [Field, ...Field[]];

const headerFields = [layout.header.operation, layout.header.pool] as const;

function fieldsOf(operation: number): readonly [Field, ...Field[]] {
  switch (operation) {
    case OperationCode.enumerate:
      return [...headerFields, ...Object.values(layout.enumerate)];
    case OperationCode.delete:
      return [...headerFields, ...Object.values(layout.delete)];
    case OperationCode.get:
    case OperationCode.set:
      return [...headerFields, ...Object.values(layout.getOrSet)];
    default:
      return [...headerFields, ...ipFields];
  }
}

/** Text with its size, which counts the NUL; one that does not fit is cut, and ends without one. */
function put(into: Buffer, text: Field, size: Field, bytes: Buffer): void {
  const length = bytes.copy(into, text.offset, 0, text.size);
  into.writeUInt32LE(Math.min(length + 1, text.size), size.offset);
}

function putText(into: Buffer, field: Field, text: string): void {
  Buffer.from(text).copy(into, field.offset, 0, field.size);
}
