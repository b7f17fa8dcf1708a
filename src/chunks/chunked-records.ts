import type { Pool } from '../pools/pool.ts';
import type { ChunkScheme } from './chunk-scheme.ts';

/**
 * Writes a value in parts, in the place of what the key had before, in this way or in one record. Readers may see some of the parts
 * old and some new meanwhile; each part is written as safely as any record.
 */
export async function setInParts(pool: Pool, key: Buffer, value: Buffer, scheme: ChunkScheme): Promise<void> {
  const parts = scheme.split(key, value);
  const sharesKey = parts.some((part) => part.key.equals(key));
  if (sharesKey) {
    await removeAllOf(pool, key);
    for (const part of parts) await pool.append(part.key, part.value);
    return;
  }
  for (const part of parts) await pool.set(part.key, part.value);
  const kept = new Set(parts.map((part) => part.key.toString('latin1')));
  await removeWhere(
    pool,
    (name) => name.equals(key) || (scheme.isPart(key, name) && !kept.has(name.toString('latin1'))),
  );
}

/** Removes every record of a key; returns how many there were. */
export async function removeAllOf(pool: Pool, key: Buffer): Promise<number> {
  let count = 0;
  while (await pool.delete(key)) count += 1;
  return count;
}

/** Removes every record that is a part of a key's value; returns how many there were. */
export async function removeParts(pool: Pool, key: Buffer, scheme: ChunkScheme): Promise<number> {
  return await removeWhere(pool, (name) => scheme.isPart(key, name));
}

async function removeWhere(pool: Pool, isMeant: (key: Buffer) => boolean): Promise<number> {
  let count = 0;
  for (const { key } of await pool.records()) if (isMeant(key)) count += Number(await pool.delete(key));
  return count;
}
