import { partsOf, setInParts } from '../../chunks/chunked-records.ts';
import { type ChunkSchemeName, chunkSchemes } from '../../chunks/schemes.ts';
import type { PoolNumber } from '../../message/pool.ts';
import { carriedLimits, storedLimits, TooLong } from '../../pools/limits.ts';
import { type checkBytes, checkRecord } from '../../pools/valid-record.ts';
import type { KeyAndValue } from '../../pools/pool.ts';
import type { Pools } from '../../pools/pools.ts';
import { UsageError } from '../failure.ts';
import { type Output, writeJson } from '../output.ts';
import { checkControls, type Readers, warner } from './host-warnings.ts';
import { recordJson } from './record-json.ts';
import { writablePool } from './writable-pool.ts';

export interface SetOptions extends Readers {
  readonly pool: PoolNumber;
}

/** Writes a key in the place of the record that has it, or behind the last one; in parts if a scheme is given. */
export async function set(
  pools: Pools,
  record: KeyAndValue,
  options: SetOptions & { readonly scheme: ChunkSchemeName | undefined },
  output: Output,
): Promise<void> {
  const pool = writablePool(pools, options.pool);
  const warn = warner(pool, options);
  if (options.scheme === undefined) {
    checkGiven(record, options);
    await warn([record]);
    await pool.set(record.key, record.value);
  } else {
    const scheme = chunkSchemes[options.scheme];
    const parts = partsOf(record, scheme);
    for (const part of parts) checkControls(part, 'write it as text, such as base 64');
    await warn(parts);
    await setInParts(pool, record.key, parts, scheme);
  }
  if (output.json) writeJson(output, recordJson(options.pool, record));
}

/** Writes a record behind the last one, whether or not the key is there. */
export async function append(pools: Pools, record: KeyAndValue, options: SetOptions, output: Output): Promise<void> {
  const pool = writablePool(pools, options.pool);
  checkGiven(record, options);
  await warner(pool, options)([record]);
  await pool.append(record.key, record.value);
  if (output.json) writeJson(output, recordJson(options.pool, record));
}

/** Throws for a record that is not to be written; for one that is too long, says what can be done. */
export function checkGiven(
  record: KeyAndValue,
  { unsafe }: Pick<SetOptions, 'unsafe'>,
  check: typeof checkBytes = checkRecord,
): void {
  try {
    check(record, unsafe ? storedLimits : carriedLimits);
    if (!unsafe) checkControls(record, '--unsafe allows it');
  } catch (cause) {
    if (!(cause instanceof TooLong)) throw cause;
    const ways = [
      ...(cause.what === 'value' ? ['--chunk splits it'] : []),
      ...(unsafe ? [] : [`--unsafe allows ${storedLimits[cause.what]}, but the host may see less of it`]),
    ];
    throw ways.length === 0 ? cause : new UsageError(`${cause.message}; ${ways.join(', ')}`, { cause });
  }
}
