import { type ChunkSchemeName, chunkSchemes } from '../chunks/schemes.ts';
import type { KvpRecord } from './kvp-record.ts';

/** The records that hold a long value, as a program reads them. Throws ChunkError for more than it takes. */
export function splitValue(scheme: ChunkSchemeName, key: string, value: string): readonly KvpRecord[] {
  const parts = chunkSchemes[scheme].split(Buffer.from(key), Buffer.from(value));
  return parts.map((part) => ({ key: part.key.toString(), value: part.value.toString() }));
}

/** The value that records hold under a key in the way of a program; undefined if they hold none. */
export function joinValue(scheme: ChunkSchemeName, key: string, records: readonly KvpRecord[]): string | undefined {
  const bytes = records.map((record) => ({ key: Buffer.from(record.key), value: Buffer.from(record.value) }));
  return chunkSchemes[scheme].join(Buffer.from(key), bytes)?.toString();
}
