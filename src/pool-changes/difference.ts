import type { KeyAndValue } from '../pools/pool.ts';
import { keyText } from '../pools/record.ts';

/** A pool at one moment. */
export interface Snapshot {
  /** Of its file; undefined if there is none. */
  readonly inode: bigint | undefined;
  readonly records: readonly KeyAndValue[];
}

/** What became of a pool. A file is `replaced` if its path names another one. */
export type Difference =
  | { readonly kind: 'created' | 'removed-file' | 'replaced' }
  | { readonly kind: 'added' | 'changed' | 'removed'; readonly key: Buffer; readonly value: Buffer };

/** What leads from one moment to another: first the file, then its records. Of several with one key the n-th is compared with the n-th. */
export function differences(before: Snapshot, after: Snapshot): readonly Difference[] {
  const old = byKey(before.records);
  const now = byKey(after.records);
  const removed = [...old.values()].flatMap((records) =>
    records.slice(now.get(textOf(records[0]))?.length ?? 0).map((record) => ({ kind: 'removed' as const, ...record })),
  );
  const written = [...now.values()].flatMap((records) =>
    records.flatMap((record, at): Difference[] => {
      const former = old.get(textOf(record))?.[at];
      if (former === undefined) return [{ kind: 'added', ...record }];
      return former.value.equals(record.value) ? [] : [{ kind: 'changed', ...record }];
    }),
  );
  return [...fileDifference(before.inode, after.inode), ...removed, ...written];
}

function fileDifference(before: bigint | undefined, after: bigint | undefined): readonly Difference[] {
  if (before === after) return [];
  if (before === undefined) return [{ kind: 'created' }];
  return [{ kind: after === undefined ? 'removed-file' : 'replaced' }];
}

function byKey(records: readonly KeyAndValue[]): ReadonlyMap<string, readonly KeyAndValue[]> {
  const groups = new Map<string, KeyAndValue[]>();
  for (const record of records) {
    const text = textOf(record);
    const group = groups.get(text);
    if (group === undefined) groups.set(text, [record]);
    else group.push(record);
  }
  return groups;
}

function textOf(record: KeyAndValue | undefined): string {
  return record === undefined ? '' : keyText(record.key);
}
