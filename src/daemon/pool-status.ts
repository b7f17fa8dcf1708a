import { statSync } from 'node:fs';
import type { PoolStatus } from '../control/protocol.ts';
import { unlessFails } from '../device/system-error.ts';
import { poolName, poolNumbers } from '../message/pool.ts';
import { poolPath, type Pools } from '../pools/pools.ts';
import { recordSize } from '../pools/record.ts';

/** How large the pool files are at this moment: no lock, no look inside. */
export function readPoolStatus(directory: string, journalTrouble: Pools['journalTrouble']): readonly PoolStatus[] {
  return poolNumbers.map((number) => {
    const path = poolPath(directory, number);
    const bytes = unlessFails(() => statSync(path))?.size ?? null;
    const records = bytes === null ? null : Math.floor(bytes / recordSize);
    return { number, name: poolName(number), path, records, bytes, journalTrouble: journalTrouble(number) };
  });
}
