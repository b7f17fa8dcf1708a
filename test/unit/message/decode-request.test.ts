import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRequest, MessageSizeError } from '../../../src/message/decode-request.ts';
import { dialects } from '../../../src/message/dialect.ts';
import { layout } from '../../../src/message/layout.ts';
import { poolNumbers } from '../../../src/message/pool.ts';
import { Status } from '../../../src/message/status.ts';
import { driverMessage } from '../../support/driver-message.ts';

const { linux, freebsd } = dialects;

function bytes(maxLength: number) {
  return fc
    .string({ unit: 'grapheme', minLength: 1 })
    .map((text) => Buffer.from(text.replaceAll('\0', '-')))
    .filter((encoded) => encoded.length < maxLength);
}

const pool = fc.constantFrom(...poolNumbers);
const key = bytes(layout.getOrSet.key.size);
const value = bytes(layout.getOrSet.value.size);
const text = (limit: number) => bytes(limit).map(String);
const ipValue = fc.record({
  adapterId: text(layout.ip.adapterId.size),
  addressFamily: fc.nat(255),
  dhcpEnabled: fc.boolean(),
  addresses: text(layout.ip.addresses.size),
  subnets: text(layout.ip.subnets.size),
  gateways: text(layout.ip.gateways.size),
  dnsServers: text(layout.ip.dnsServers.size),
});
const request = fc.oneof(
  fc.record({ operation: fc.constant('get' as const), pool, key }),
  fc.record({ operation: fc.constant('set' as const), pool, key, value }),
  fc.record({ operation: fc.constant('delete' as const), pool, key }),
  fc.record({ operation: fc.constant('enumerate' as const), pool, index: fc.nat(2 ** 32 - 1) }),
  fc.record({ operation: fc.constant('get-ip-info' as const), adapterId: text(layout.ip.adapterId.size) }),
  fc.record({ operation: fc.constant('set-ip-info' as const), value: ipValue }),
);

describe.each([linux, freebsd])('decoding a request of $system', (dialect) => {
  it('gives back every request that a driver encodes', () => {
    fc.assert(
      fc.property(request, (sent) => {
        expect(decodeRequest(driverMessage(sent, dialect), dialect)).toEqual(sent);
      }),
    );
  });

  it('throws for no bytes at all of the right number', () => {
    const operation = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.nat(255));
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: dialect.messageSize, maxLength: dialect.messageSize }),
        operation,
        (message, code) => {
          message[0] = code;
          decodeRequest(Buffer.from(message), dialect);
        },
      ),
    );
  });

  it('throws its own error for any other number of bytes', () => {
    fc.assert(
      fc.property(fc.nat(10_000), (size) => {
        fc.pre(size !== dialect.messageSize);
        expect(() => decodeRequest(Buffer.alloc(size), dialect)).toThrow(MessageSizeError);
      }),
    );
  });

  it.each([6, 77, 100])('refuses operation %d as not supported, which the stock daemon calls a success', (code) => {
    const message = Buffer.alloc(dialect.messageSize);
    message[0] = code;
    expect(decodeRequest(message, dialect)).toMatchObject({ operation: 'refused', status: Status.notSupported });
  });

  it.each([5, 255])('refuses pool %d, at which the stock daemon exits or crashes', (unknown) => {
    const message = driverMessage({ operation: 'enumerate', pool: 0, index: 0 }, dialect);
    message[1] = unknown;
    expect(decodeRequest(message, dialect)).toMatchObject({ operation: 'refused', status: Status.invalidArgument });
  });

  it('refuses a key without bytes before its NUL', () => {
    const message = driverMessage({ operation: 'delete', pool: 0, key: Buffer.from('') }, dialect);
    expect(decodeRequest(message, dialect)).toMatchObject({ operation: 'refused', status: Status.invalidArgument });
  });

  it('takes a key of 512 and a value of 2048 bytes without NUL, as the stock daemon', () => {
    const message = driverMessage(
      { operation: 'set', pool: 0, key: Buffer.from('k'), value: Buffer.from('v') },
      dialect,
    );
    const { key: keyField, keyBytes, value: valueField, valueBytes } = layout.getOrSet;
    message.fill('k', keyField.offset, keyField.offset + keyField.size);
    message.fill('v', valueField.offset, valueField.offset + valueField.size);
    message.writeUInt32LE(512, keyBytes.offset);
    message.writeUInt32LE(2048, valueBytes.offset);
    const expected = { key: Buffer.alloc(512, 'k'), value: Buffer.alloc(2048, 'v') };
    expect(decodeRequest(message, dialect)).toMatchObject(expected);
  });

  it('stops a value at its first NUL, where the stock daemon keeps what follows', () => {
    const message = driverMessage(
      { operation: 'set', pool: 0, key: Buffer.from('k'), value: Buffer.from('ab') },
      dialect,
    );
    message.write('rest', layout.getOrSet.value.offset + 3);
    message.writeUInt32LE(7, layout.getOrSet.valueBytes.offset);
    expect(decodeRequest(message, dialect)).toMatchObject({ value: Buffer.from('ab') });
  });
});

describe('sizes in a request', () => {
  const set = { operation: 'set', pool: 0, key: Buffer.from('k'), value: Buffer.from('v') } as const;

  it.each([513, 2 ** 31, 2 ** 32 - 1])(
    'of %d for a key end in S_CONT on Linux, where the stock daemon crashes',
    (size) => {
      const message = driverMessage(set);
      message.writeUInt32LE(size, layout.getOrSet.keyBytes.offset);
      expect(decodeRequest(message, linux)).toMatchObject({ operation: 'refused', status: Status.noMoreItems });
    },
  );

  it.each([2049, 2 ** 32 - 1])('of %d for a value end in S_CONT on Linux', (size) => {
    const message = driverMessage(set);
    message.writeUInt32LE(size, layout.getOrSet.valueBytes.offset);
    expect(decodeRequest(message, linux)).toMatchObject({ operation: 'refused', status: Status.noMoreItems });
  });

  it('of 0 make an empty key on Linux, which the stock daemon takes for the first record', () => {
    const message = driverMessage(set);
    message.writeUInt32LE(0, layout.getOrSet.keyBytes.offset);
    expect(decodeRequest(message, linux)).toMatchObject({ operation: 'refused', status: Status.invalidArgument });
  });

  it.each([linux, freebsd])(
    'of 0 for an empty value on $system tell that the driver did not know its type',
    (dialect) => {
      const message = driverMessage({ ...set, value: Buffer.alloc(0) }, dialect);
      expect(decodeRequest(message, dialect)).toMatchObject({ operation: 'set', value: Buffer.alloc(0) });
      message.writeUInt32LE(0, layout.getOrSet.valueBytes.offset);
      const reason = "a value for 'k' of pool external is of a type that the driver does not pass on";
      expect(decodeRequest(message, dialect)).toEqual({ operation: 'refused', status: Status.invalidArgument, reason });
    },
  );

  it('of 0 on Linux tell the same whatever is left in the field', () => {
    const message = driverMessage(set);
    message.writeUInt32LE(0, layout.getOrSet.valueBytes.offset);
    expect(decodeRequest(message, linux)).toMatchObject({ operation: 'refused', status: Status.invalidArgument });
  });

  it('of 0 on FreeBSD are not believed where there is a value', () => {
    const message = driverMessage(set, freebsd);
    message.writeUInt32LE(0, layout.getOrSet.valueBytes.offset);
    expect(decodeRequest(message, freebsd)).toEqual(set);
  });

  it('are not believed on FreeBSD, where they are wrong for anything but ASCII', () => {
    const message = driverMessage(set, freebsd);
    message.writeUInt32LE(0, layout.getOrSet.keyBytes.offset);
    message.writeUInt32LE(2 ** 32 - 1, layout.getOrSet.valueBytes.offset);
    expect(decodeRequest(message, freebsd)).toEqual(set);
  });
});
