import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Dialect, dialects } from '../../../src/message/dialect.ts';
import { encodeReply } from '../../../src/message/encode-reply.ts';
import type { Field } from '../../../src/message/field.ts';
import { readBytes } from '../../../src/message/fixed-text.ts';
import { readIpValue } from '../../../src/message/ip-value.ts';
import { layout } from '../../../src/message/layout.ts';
import { type Reply, statusReply } from '../../../src/message/reply.ts';
import { Status } from '../../../src/message/status.ts';
import { driverMessage } from '../../support/driver-message.ts';

const { linux, freebsd } = dialects;
const key = Buffer.from('key');

function replied(request: Parameters<typeof driverMessage>[0], reply: Reply, dialect: Dialect = linux): Buffer {
  const message = driverMessage(request, dialect);
  encodeReply(message, reply, dialect);
  return message;
}

function status(message: Buffer): number {
  return message.readUInt32LE(layout.header.status.offset);
}

function bytesOf(message: Buffer, field: Field): Buffer {
  return message.subarray(field.offset, field.offset + field.size);
}

describe('a reply', () => {
  it.each(Object.entries(Status))('with status %s leaves the body as it came', (_, code) => {
    const request = { operation: 'set', pool: 1, key, value: Buffer.from('v') } as const;
    const message = replied(request, statusReply(code));
    expect(status(message)).toBe(code);
    expect(message.subarray(4)).toEqual(driverMessage(request).subarray(4));
  });

  it.each([
    [linux, 532],
    [freebsd, 528],
  ])('to GET puts the value where the driver of $system reads it', (dialect, offset) => {
    const message = replied(
      { operation: 'get', pool: 0, key },
      { kind: 'value', value: Buffer.from('välue') },
      dialect,
    );
    expect(readBytes(message, { offset, size: layout.getOrSet.value.size }).toString()).toBe('välue');
    expect(status(message)).toBe(Status.ok);
  });

  it('to ENUMERATE gives back any record of valid text that leaves room for a NUL', () => {
    const text = (size: number) =>
      fc.string({ unit: 'grapheme', maxLength: size }).map((drawn) => Buffer.from(drawn.replaceAll('\0', '-')));
    fc.assert(
      fc.property(text(100), text(500), (recordKey, value) => {
        const message = replied(
          { operation: 'enumerate', pool: 0, index: 7 },
          { kind: 'record', key: recordKey, value },
        );
        expect(readBytes(message, layout.enumerate.key)).toEqual(recordKey);
        expect(readBytes(message, layout.enumerate.value)).toEqual(value);
        expect(message.readUInt32LE(layout.enumerate.keyBytes.offset)).toBe(recordKey.length + 1);
        expect(message.readUInt32LE(layout.enumerate.valueBytes.offset)).toBe(value.length + 1);
      }),
    );
  });

  it('never carries invalid UTF-8, for which the driver gives the host garbage', () => {
    const anyBytes = fc.uint8Array({ maxLength: 2048 }).map((drawn) => Buffer.from(drawn));
    fc.assert(
      fc.property(anyBytes, anyBytes, (recordKey, value) => {
        const message = replied(
          { operation: 'enumerate', pool: 0, index: 0 },
          { kind: 'record', key: recordKey, value },
        );
        expect(isUtf8(readBytes(message, layout.enumerate.key))).toBe(true);
        expect(isUtf8(readBytes(message, layout.enumerate.value))).toBe(true);
      }),
    );
  });

  it('shows replacement characters for invalid bytes', () => {
    const value = Buffer.from([0x61, 0xff, 0x62]);
    const message = replied({ operation: 'enumerate', pool: 0, index: 0 }, { kind: 'record', key, value });
    expect(readBytes(message, layout.enumerate.value).toString()).toBe('a\ufffdb');
  });

  it.each(['é', '€', '😀'])('never cuts inside %s and always ends a field with a NUL', (character) => {
    fc.assert(
      fc.property(fc.nat(8), (shift) => {
        const value = Buffer.concat([Buffer.alloc(shift, 'a'), Buffer.from(character.repeat(2048))]).subarray(0, 2048);
        const message = replied({ operation: 'get', pool: 0, key }, { kind: 'value', value }, freebsd);
        const field = bytesOf(message, layout.getOrSet.value);
        expect(field.at(-1)).toBe(0);
        const sent = readBytes(field, { offset: 0, size: field.length });
        expect(isUtf8(sent)).toBe(true);
        expect(sent.length).toBeGreaterThan(field.length - 1 - Buffer.byteLength(character));
      }),
    );
  });

  it('zero-fills behind a text, so that no byte of an earlier message travels to the host', () => {
    const message = Buffer.alloc(linux.messageSize, 'x');
    encodeReply(message, { kind: 'record', key, value: Buffer.from('v') }, linux);
    expect(
      bytesOf(message, layout.enumerate.key)
        .subarray(key.length)
        .every((byte) => byte === 0),
    ).toBe(true);
    expect(
      bytesOf(message, layout.enumerate.value)
        .subarray(1)
        .every((byte) => byte === 0),
    ).toBe(true);
  });

  it('to GET_IP_INFO carries every field', () => {
    const value = {
      adapterId: '{guid}',
      addressFamily: 3,
      dhcpEnabled: true,
      addresses: '192.0.2.10;2001:db8::10',
      subnets: '255.255.255.0;/64',
      gateways: '192.0.2.1;',
      dnsServers: '192.0.2.53;',
    };
    const message = replied({ operation: 'get-ip-info', adapterId: 'mac' }, { kind: 'ip-value', value });
    expect(readIpValue(message)).toEqual(value);
    expect(status(message)).toBe(Status.ok);
  });
});
