import type { BigIntStats } from 'node:fs';

/** Which file it is, whatever its names are. */
export interface FileIdentity {
  readonly device: bigint;
  readonly inode: bigint;
}

/** Node gives numbers from 2^63 on, as overlayfs with xino has them, as negative ones. */
export function identityOf({ dev, ino }: BigIntStats): FileIdentity {
  return { device: BigInt.asUintN(64, dev), inode: BigInt.asUintN(64, ino) };
}

export function isSameFile(one: FileIdentity, other: FileIdentity): boolean {
  return one.inode === other.inode && one.device === other.device;
}
