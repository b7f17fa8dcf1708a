import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carriedRecord, carriedReply } from '../../../src/message/carried-reply.ts';
import { dialects } from '../../../src/message/dialect.ts';
import { encodeReply } from '../../../src/message/encode-reply.ts';
import type { Reply } from '../../../src/message/reply.ts';
import { driverRules } from '../../../src/simulator/driver-rules.ts';
import { hostRecordSize } from '../../../src/simulator/host-layout.ts';
import { decodeHostRecord } from '../../../src/simulator/host-reply.ts';
import { textFault } from '../../../src/simulator/strict-text.ts';
import { convertToHost } from '../../../src/simulator/to-host.ts';

const { freebsd, linux } = dialects;
const enumerate = 3;

const reply = (key: string | Buffer, value: string | Buffer): Reply => ({
  kind: 'record',
  key: Buffer.from(key),
  value: Buffer.from(value),
});

/** What reaches a host through a system's driver, and what is wrong with it. */
function atHost(told: Reply, system: 'linux' | 'freebsd', carry = carriedReply) {
  const message = Buffer.alloc(dialects[system].messageSize);
  encodeReply(message, carry(told, dialects[system]), dialects[system]);
  const body = Buffer.alloc(hostRecordSize);
  body.writeUInt8(enumerate);
  const status = convertToHost(message, body, driverRules[system]);
  return { ...decodeHostRecord(body), fault: textFault(body, status) };
}

describe('a record on its way through FreeBSD’s driver', () => {
  it.each([
    ['short ASCII', 'Owner', 'Grace'],
    ['the longest that is carried', 'k'.repeat(254), 'v'.repeat(1022)],
    ['text of the Basic Multilingual Plane', 'grüße', '日本語'],
  ])('stays the same object: %s', (_, key, value) => {
    const told = reply(key, value);
    expect(carriedReply(told, freebsd)).toBe(told);
    expect(atHost(told, 'freebsd')).toEqual({ key, value, fault: undefined });
  });

  it.each([255, 256, 300])('is cut at 254 and 1022 units: a key of %d', (length) => {
    const { key, value, fault } = atHost(reply('k'.repeat(length), 'v'.repeat(length + 768)), 'freebsd');
    expect(key).toMatch(/^k{245}~[0-9a-f]{8}$/);
    expect(value).toBe('v'.repeat(1022));
    expect(fault).toBeUndefined();
  });

  it('has U+FFFD for what lies beyond the Basic Multilingual Plane', () => {
    expect(atHost(reply('Mood', 'fine 👋'), 'freebsd')).toEqual({ key: 'Mood', value: 'fine �', fault: undefined });
  });

  it('keeps a key apart from others that would look the same', () => {
    const texts = ['a👋', 'a👍', 'a�', 'k'.repeat(300), 'k'.repeat(301)];
    const keys = [...texts.map((text) => Buffer.from(text)), Buffer.of(0x61, 0xff), Buffer.of(0x61, 0xfe)];
    const seen = keys.map((key) => carriedRecord({ key, value: Buffer.of() }, freebsd).key.toString());
    expect(new Set(seen).size).toBe(keys.length);
  });

  it('would make a strict host drop the channel otherwise', () => {
    const asItIs = (told: Reply): Reply => told;
    for (const told of [reply('k'.repeat(256), ''), reply('k', 'v'.repeat(1024)), reply('Mood', 'fine 👋')]) {
      expect(atHost(told, 'freebsd', asItIs).fault).toBeDefined();
    }
  });
});

describe('a record through Linux’s driver', () => {
  it('is left to the driver, which cuts between characters', () => {
    const told = reply('k'.repeat(300), 'fine 👋');
    expect(carriedReply(told, linux)).toBe(told);
    expect(atHost(told, 'linux')).toEqual({ key: 'k'.repeat(254), value: 'fine 👋', fault: undefined });
  });
});

describe.each(['linux', 'freebsd'] as const)('a strict host with a guest on %s', (system) => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 2100 }).map((array) => Buffer.from(array).filter((byte) => byte !== 0)),
    fc.string({ unit: 'binary', maxLength: 600 }).map((text) => Buffer.from(text.replaceAll('\0', ''))),
  );
  it('finds no fault in any record, whatever a neighbour has written into the pool', () => {
    fc.assert(
      fc.property(bytes, bytes, (key, value) => {
        expect(atHost(reply(Buffer.from(key), Buffer.from(value)), system).fault).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });
});
