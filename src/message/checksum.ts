import type zlib from 'node:zlib';

let crc32: typeof zlib.crc32 | undefined;

/** The CRC-32 of bytes. Node's zlib is loaded for the first one: a daemon that writes no journal needs none. */
export function checksum(bytes: Buffer): number {
  crc32 ??= process.getBuiltinModule('node:zlib').crc32;
  return crc32(bytes);
}
