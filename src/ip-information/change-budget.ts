import { mkdirSync } from 'node:fs';
import os from 'node:os';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { privateModes } from '../platform/private-modes.ts';
import { replaceFile } from './durable-file.ts';
import { readTrusted } from './record.ts';

const minuteMs = 60_000;

/** Times of changes by adapter. */
const countsSchema = v.record(v.string(), v.array(v.number()));

/**
 * Counts changes, so that a host cannot keep a guest's network in motion. The count is in a file, so that whoever can make the process
 * end does not make it forget.
 */
export class ChangeBudget {
  readonly #path: string;
  readonly #now: () => number;

  /** `now`: in milliseconds, and the same clock for all processes of one run of the system. */
  constructor(path: string, now: () => number = () => os.uptime() * 1000) {
    this.#path = path;
    this.#now = now;
  }

  /** Whether one more change of an adapter is allowed, which is then counted. `limit` changes in any minute; 0 is no limit. */
  take(adapter: string, limit: number): boolean {
    if (limit === 0) return true;
    const now = this.#now();
    const counts = this.#recent(now);
    const own = counts.get(adapter) ?? [];
    if (own.length >= limit) return false;
    this.#write(counts.set(adapter, [...own, now]));
    return true;
  }

  /** What is later than now is of an earlier run of the system. */
  #recent(now: number): Map<string, readonly number[]> {
    const counts = readTrusted(this.#path, parseCounts) ?? {};
    const recent = Object.entries(counts).map(
      ([adapter, times]) => [adapter, times.filter((time) => time <= now && now - time < minuteMs)] as const,
    );
    return new Map(recent.filter(([, times]) => times.length > 0));
  }

  #write(counts: ReadonlyMap<string, readonly number[]>): void {
    mkdirSync(dirname(this.#path), { recursive: true, mode: privateModes.folder });
    replaceFile(this.#path, Buffer.from(JSON.stringify(Object.fromEntries(counts))), { mode: privateModes.file });
  }
}

function parseCounts(text: string): v.InferOutput<typeof countsSchema> | undefined {
  try {
    const result = v.safeParse(countsSchema, JSON.parse(text));
    return result.success ? result.output : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
