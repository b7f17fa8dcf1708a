import type { KeyAndValue } from './pool.ts';
import { keyText } from './record.ts';

/** The records that GET means: of several with one key the first, by {@link keyText}, in their order. */
export function firstOfEachKey(records: readonly KeyAndValue[]): ReadonlyMap<string, KeyAndValue> {
  const first = new Map<string, KeyAndValue>();
  for (const record of records) {
    const text = keyText(record.key);
    if (!first.has(text)) first.set(text, record);
  }
  return first;
}
