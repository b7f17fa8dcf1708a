import type { Field } from '../message/field.ts';

const u8 = 1;
const u16 = 2;
const u32 = 4;

/** `struct vmbuspipe_hdr` and `struct icmsg_hdr` of linux/hyperv.h: every field of a packet up to its body. */
export const packetLayout = fieldsInOrder({
  pipeFlags: u32,
  /** Bytes after the pipe header. */
  pipeSize: u32,
  frameworkMajor: u16,
  frameworkMinor: u16,
  type: u16,
  messageMajor: u16,
  messageMinor: u16,
  /** Bytes of the body. */
  bodySize: u16,
  status: u32,
  transaction: u8,
  flags: u8,
  reserved: u16,
});

/** Where the body of a packet starts. */
export const bodyOffset = packetLayout.reserved.offset + packetLayout.reserved.size;

const pipeHeaderSize = packetLayout.frameworkMajor.offset;

/** `ICMSGTYPE_*`, as far as this service uses them. */
export const PacketType = {
  negotiate: 0,
  exchange: 2,
} as const;

/** Bits of `icflags`. */
export const PacketFlag = {
  transaction: 1,
  request: 2,
  response: 4,
} as const;

/** A version of the framework or of the messages. */
export interface Version {
  readonly major: number;
  readonly minor: number;
}

/** One packet, taken apart. */
export interface HostPacket {
  readonly framework: Version;
  readonly message: Version;
  /** One of {@link PacketType}, from a host in its senses. */
  readonly type: number;
  /** Ties a reply to its request; one byte. */
  readonly transaction: number;
  /** Bits of {@link PacketFlag}. */
  readonly flags: number;
  /** An HRESULT; 0 in a request. */
  readonly status: number;
  readonly body: Buffer;
}

/** The bytes of a packet. */
export function encodePacket(packet: HostPacket): Buffer {
  const bytes = Buffer.alloc(bodyOffset + packet.body.length);
  bytes.writeUInt32LE(bytes.length - pipeHeaderSize, packetLayout.pipeSize.offset);
  bytes.writeUInt16LE(packet.framework.major, packetLayout.frameworkMajor.offset);
  bytes.writeUInt16LE(packet.framework.minor, packetLayout.frameworkMinor.offset);
  bytes.writeUInt16LE(packet.type, packetLayout.type.offset);
  bytes.writeUInt16LE(packet.message.major, packetLayout.messageMajor.offset);
  bytes.writeUInt16LE(packet.message.minor, packetLayout.messageMinor.offset);
  bytes.writeUInt16LE(packet.body.length, packetLayout.bodySize.offset);
  bytes.writeUInt32LE(packet.status, packetLayout.status.offset);
  bytes.writeUInt8(packet.transaction, packetLayout.transaction.offset);
  bytes.writeUInt8(packet.flags, packetLayout.flags.offset);
  packet.body.copy(bytes, bodyOffset);
  return bytes;
}

/**
 * Takes a packet apart; the body is a view, of all bytes that are there: a driver need not keep `bodySize` true.
 * Throws a RangeError for less than the two headers.
 */
export function decodePacket(bytes: Buffer): HostPacket {
  if (bytes.length < bodyOffset) throw new RangeError(`a packet has at least ${bodyOffset} bytes, not ${bytes.length}`);
  return {
    framework: readVersion(bytes, packetLayout.frameworkMajor.offset),
    message: readVersion(bytes, packetLayout.messageMajor.offset),
    type: bytes.readUInt16LE(packetLayout.type.offset),
    transaction: bytes.readUInt8(packetLayout.transaction.offset),
    flags: bytes.readUInt8(packetLayout.flags.offset),
    status: bytes.readUInt32LE(packetLayout.status.offset),
    body: bytes.subarray(bodyOffset),
  };
}

/** `struct ic_version`. */
export function readVersion(bytes: Buffer, offset: number): Version {
  return { major: bytes.readUInt16LE(offset), minor: bytes.readUInt16LE(offset + u16) };
}

/** `struct ic_version`; returns the offset behind it. */
export function writeVersion(bytes: Buffer, version: Version, offset: number): number {
  return bytes.writeUInt16LE(version.minor, bytes.writeUInt16LE(version.major, offset));
}

function fieldsInOrder<Name extends string>(sizes: Readonly<Record<Name, number>>): Readonly<Record<Name, Field>> {
  let offset = 0;
  const fields = Object.entries<number>(sizes).map(([name, size]) => {
    const field = { offset, size };
    offset += size;
    return [name, field];
  });
  // Object.entries forgets that its keys are the names.
  return Object.fromEntries(fields) as Record<Name, Field>;
}
