/** One step that changes a pool file, with what is needed to finish it after a crash. Offsets and lengths are bytes. */
export type Change = Overwrite | Append | Removal;

export interface Overwrite {
  readonly kind: 'overwrite';
  readonly offset: number;
  readonly before: Buffer;
  readonly after: Buffer;
}

/** A record behind the file's end, which was at `offset`. */
export interface Append {
  readonly kind: 'append';
  readonly offset: number;
  readonly after: Buffer;
}

/**
 * One step of closing a hole: what lies behind the hole moves down over it, as much as `bytes` holds, and the hole with
 * it behind that; once it has come to the file's end it is cut off.
 */
export interface Removal {
  readonly kind: 'removal';
  /** Where the hole is before the step. */
  readonly offset: number;
  /** Of the hole. */
  readonly length: number;
  /** The file from `offset` on before the step: the hole, then what moves. */
  readonly bytes: Buffer;
  /** Whether the hole must be closed even if this step has not begun, because there is nothing of worth in it. */
  readonly binding: boolean;
}
