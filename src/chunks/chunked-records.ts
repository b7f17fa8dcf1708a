import { checkLimits, storedLimits } from '../pools/limits.ts';
import type { KeyAndValue, Pool } from '../pools/pool.ts';
import { keyText } from '../pools/record.ts';
import { checkRecord } from '../pools/valid-record.ts';
import type { ChunkScheme } from './chunk-scheme.ts';

/**
 * The parts of a value, which may have any length. Throws ChunkError for more than the scheme's readers take, InvalidText or TooLong
 * if a part, with the key that it gets, is not to be written.
 */
export function partsOf({ key, value }: KeyAndValue, scheme: ChunkScheme): readonly KeyAndValue[] {
  checkRecord({ key, value }, { ...storedLimits, value: Infinity });
  const parts = scheme.split(key, value);
  for (const part of parts) checkLimits(part);
  return parts;
}

/**
 * Writes a value in parts, in the place of what the key had before, in this way or in one record. Readers may see some of the parts
 * old and some new meanwhile; each part is written as safely as any record.
 */
export async function setInParts(
  pool: Pool,
  key: Buffer,
  parts: readonly KeyAndValue[],
  scheme: ChunkScheme,
): Promise<void> {
  const sharesKey = parts.some((part) => part.key.equals(key));
  if (sharesKey) {
    await removeAllOf(pool, key);
    for (const part of parts) await pool.append(part.key, part.value);
    return;
  }
  for (const part of parts) await pool.set(part.key, part.value);
  const kept = new Set(parts.map((part) => keyText(part.key)));
  await removeWhere(pool, (name) => name.equals(key) || (scheme.isPart(key, name) && !kept.has(keyText(name))));
}

/** Removes every record of a key, and its parts if a scheme is given; returns how many there were. */
export async function removeKey(pool: Pool, key: Buffer, scheme: ChunkScheme | undefined): Promise<number> {
  const parts = scheme === undefined ? 0 : await removeWhere(pool, (name) => scheme.isPart(key, name));
  return parts + (await removeAllOf(pool, key));
}

async function removeAllOf(pool: Pool, key: Buffer): Promise<number> {
  let count = 0;
  while (await pool.delete(key)) count += 1;
  return count;
}

async function removeWhere(pool: Pool, isMeant: (key: Buffer) => boolean): Promise<number> {
  let count = 0;
  for (const { key } of await pool.records()) if (isMeant(key)) count += Number(await pool.delete(key));
  return count;
}
