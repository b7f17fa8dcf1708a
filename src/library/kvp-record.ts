/** A key and its value. */
export interface KvpRecord {
  readonly key: string;
  readonly value: string;
}

/** What became of a record, or of the pool's file: it came, it went, or another one is in its place. */
export type KvpChange = KvpKeyChange | { readonly kind: 'created' | 'removed-file' | 'replaced' };

/** What became of a record. */
export type KvpKeyChange = { readonly kind: 'added' | 'changed' | 'removed' } & KvpRecord;
