import * as v from 'valibot';
import { writePrivately } from './durable-file.ts';
import type { Plan } from './plan.ts';
import { pastChangeSchema, type Trusted } from './record-schema.ts';
import { readTrusted } from './record.ts';
import type { AdapterState } from './state.ts';

/** A change that the host has made. */
export interface PastChange {
  /** In ISO 8601. */
  readonly at: string;
  readonly adapter: string;
  readonly backEnd: string;
  /** In the words of the log. */
  readonly from: string;
  readonly to: string;
  readonly former: AdapterState;
  /** Paths of what was written. */
  readonly files: readonly string[];
  /** What brings back what the former files say. */
  readonly undo: Plan['undo'];
  /** When it was taken back. */
  readonly reverted?: string;
}

/** So many are remembered; of each adapter that has not been reverted also the first. */
const most = 200;

/** Adds a change to those that are remembered. */
export function keepHistory(path: string, trusted: Trusted, change: PastChange): void {
  writeHistory(path, [...readHistory(path, trusted), change]);
}

/** The changes that are remembered, the latest last. */
export function readHistory(path: string, trusted: Trusted): readonly PastChange[] {
  return readTrusted(path, v.array(pastChangeSchema(trusted))) ?? [];
}

export function writeHistory(path: string, changes: readonly PastChange[]): void {
  const firsts = new Set(standing(changes).map(([first]) => first));
  const kept = changes.filter((change, index) => index >= changes.length - most || firsts.has(change));
  writePrivately(path, kept);
}

/** The changes that are in force, the first of each adapter first. */
export function standing(changes: readonly PastChange[]): readonly (readonly [PastChange, ...PastChange[]])[] {
  const byAdapter = new Map<string, [PastChange, ...PastChange[]]>();
  for (const change of changes) {
    if (change.reverted !== undefined) continue;
    const earlier = byAdapter.get(change.adapter);
    if (earlier === undefined) byAdapter.set(change.adapter, [change]);
    else earlier.push(change);
  }
  return [...byAdapter.values()];
}
