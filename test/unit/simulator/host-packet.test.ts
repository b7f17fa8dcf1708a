import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyOffset, decodePacket, encodePacket, packetLayout } from '../../../src/simulator/host-packet.ts';

const u16 = fc.integer({ min: 0, max: 0xffff });
const u8 = fc.integer({ min: 0, max: 0xff });
const version = fc.record({ major: u16, minor: u16 });
const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));

const packet = fc.record({
  framework: version,
  message: version,
  type: u16,
  transaction: u8,
  flags: u8,
  status: fc.integer({ min: 0, max: 0xffff_ffff }),
  body: bytes(7428),
});

describe('a packet', () => {
  it('comes back from its bytes as it was', () => {
    fc.assert(
      fc.property(packet, (original) => {
        expect(decodePacket(encodePacket(original))).toEqual(original);
      }),
    );
  });

  it('has the kernel’s headers: 8 bytes for the pipe, 20 for the message', () => {
    const body = Buffer.from('body');
    const version = { major: 3, minor: 1 };
    const encoded = encodePacket({
      framework: version,
      message: { major: 4, minor: 2 },
      type: 2,
      transaction: 7,
      flags: 3,
      status: 0x80004005,
      body,
    });
    expect(bodyOffset).toBe(28);
    expect(encoded.toString('hex')).toBe('00000000180000000300010002000400020004000540008007030000626f6479');
    expect(encoded.readUInt32LE(packetLayout.pipeSize.offset)).toBe(encoded.length - 8);
  });

  it('without both headers is a RangeError', () => {
    fc.assert(
      fc.property(bytes(bodyOffset - 1), (short) => {
        expect(() => decodePacket(short)).toThrow(RangeError);
      }),
    );
  });
});
