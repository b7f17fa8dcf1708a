import { matchesGlob } from '../platform/glob.ts';
import type { KvpRecord } from './kvp-record.ts';

/** Keys that a pattern fits: `*` stands for any text, `?` for a character, `[a-z]` for one of these, `[!a-z]` for any other. */
export interface KeyPattern {
  readonly pattern: string;
}

/** Which records are meant: those of a very key, of keys that a pattern fits, or those of which a function says so. */
export type Wanted<T extends KvpRecord = KvpRecord> = string | KeyPattern | ((record: T) => boolean);

export function isWanted<T extends KvpRecord>(wanted: Wanted<T>, record: T): boolean {
  if (typeof wanted === 'function') return wanted(record);
  return typeof wanted === 'string' ? record.key === wanted : matchesGlob(record.key, wanted.pattern);
}
