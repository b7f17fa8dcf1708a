import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/message/decode-request.ts';
import { dialects } from '../../../src/message/dialect.ts';
import { driverRules } from '../../../src/simulator/driver-rules.ts';
import { decodeHostIpValue } from '../../../src/simulator/host-reply.ts';
import { encodeHostRequest, type HostRequest } from '../../../src/simulator/host-request.ts';
import { convertToDaemon } from '../../../src/simulator/to-daemon.ts';

const text = (maxUnits: number, least = 0) =>
  fc
    .string({ unit: 'grapheme', minLength: least, maxLength: maxUnits })
    .filter((candidate) => !candidate.includes('\0') && candidate.length >= least && candidate.length <= maxUnits);
const ascii = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom('0', '9', 'a', 'F', '.', ':', ';', '{', '}', '-'), maxLength });
const pool = fc.integer({ min: 0, max: 4 });
const key = text(60, 1);

const ipValue = fc.record({
  adapterId: ascii(100),
  addressFamily: fc.integer({ min: 0, max: 3 }),
  dhcpEnabled: fc.boolean(),
  addresses: ascii(1000),
  subnets: ascii(1000),
  gateways: ascii(500),
  dnsServers: ascii(1000),
});

const request = fc.oneof(
  fc.record({ operation: fc.constant('get' as const), pool, key }),
  fc.record({ operation: fc.constant('delete' as const), pool, key }),
  fc.record({ operation: fc.constant('set' as const), pool, key, value: text(500) }),
  fc.record({ operation: fc.constant('enumerate' as const), pool, index: fc.integer({ min: 0, max: 0xffff_ffff }) }),
  fc.record({ operation: fc.constant('get-ip-info' as const), adapterId: ascii(100) }),
  fc.record({ operation: fc.constant('set-ip-info' as const), value: ipValue }),
);

describe('a host’s request', () => {
  it('reaches a Linux daemon as it was', () => {
    fc.assert(
      fc.property(request, (original) => {
        expect(textual(throughDriver(original))).toEqual(original);
      }),
    );
  });

  it('has 2580 bytes of body, or 7428 for IP information', () => {
    expect(encodeHostRequest({ operation: 'get', pool: 0, key: 'key' })).toHaveLength(2580);
    expect(encodeHostRequest({ operation: 'get-ip-info', adapterId: '' })).toHaveLength(7428);
  });

  it('keeps IP information at the offsets of struct hv_kvp_ip_msg', () => {
    fc.assert(
      fc.property(ipValue, (value) => {
        expect(decodeHostIpValue(encodeHostRequest({ operation: 'set-ip-info', value }))).toEqual(value);
      }),
    );
    const body = encodeHostRequest({ operation: 'get-ip-info', adapterId: 'AB' });
    expect(body.subarray(0, 6).toString('latin1')).toBe('\u0004\0A\0B\0');
  });

  it('counts the terminator of UTF-16 in its sizes, or says what it is told to', () => {
    expect(encodeHostRequest({ operation: 'delete', pool: 0, key: 'ab' }).readUInt32LE(4)).toBe(6);
    expect(encodeHostRequest({ operation: 'delete', pool: 0, key: 'ab', keyBytes: 9999 }).readUInt32LE(4)).toBe(9999);
  });

  it('with a text that does not fit its field is a RangeError', () => {
    expect(encodeHostRequest({ operation: 'get', pool: 0, key: 'k'.repeat(255) })).toHaveLength(2580);
    expect(() => encodeHostRequest({ operation: 'get', pool: 0, key: 'k'.repeat(256) })).toThrow(RangeError);
    expect(() => encodeHostRequest({ operation: 'set', pool: 0, key: 'k', value: 'v'.repeat(1024) })).toThrow(
      RangeError,
    );
  });
});

function throughDriver(original: HostRequest) {
  const message = Buffer.alloc(dialects.linux.messageSize);
  convertToDaemon(encodeHostRequest(original), message, driverRules.linux, new Map());
  return decodeRequest(message, dialects.linux);
}

/** Keys and values as text. */
function textual(decoded: object): object {
  return Object.fromEntries(
    Object.entries(decoded).map(([name, value]) => [name, value instanceof Buffer ? value.toString() : value]),
  );
}
