import type { FuzzedOptions } from './fuzzed-daemon.ts';
import type { MessageFile } from './message-file.ts';
import { replay } from './replay.ts';

/** Each replay takes the start of a daemon. */
const longestMs = 60_000;
const smallestPart = 32;

/**
 * The fewest messages, with as much of them zero as possible, in which a fresh daemon does wrong too; the last ones as they are, if
 * they do not show it.
 */
export async function minimise({ system, messages }: MessageFile, options?: FuzzedOptions): Promise<MessageFile> {
  const end = performance.now() + longestMs;
  const isWrong = async (candidate: readonly Buffer[]): Promise<boolean> =>
    performance.now() < end && (await replay({ system, messages: candidate }, options)) !== '';
  let kept: readonly Buffer[] = await shortestEnd(messages, isWrong);
  if (kept.length === 0) return { system, messages };
  kept = await withoutParts(kept, kept.length - 1, 1, isWrong, (all, from, to) => [
    ...all.slice(0, from),
    ...all.slice(to),
  ]);
  for (const at of kept.keys()) {
    const ofOne = (message: Buffer): Promise<boolean> => isWrong(kept.with(at, message));
    const message = kept[at] ?? Buffer.alloc(0);
    const zeroed = (all: Buffer, from: number, to: number): Buffer => Buffer.from(all).fill(0, from, to);
    kept = kept.with(at, await withoutParts(message, message.length, smallestPart, ofOne, zeroed));
  }
  return { system, messages: kept };
}

type IsWrong<T> = (candidate: T) => Promise<boolean>;

async function shortestEnd(messages: readonly Buffer[], isWrong: IsWrong<readonly Buffer[]>) {
  for (let count = 1; count < messages.length * 2; count *= 2) {
    const end = messages.slice(-count);
    if (await isWrong(end)) return end;
  }
  return [];
}

/** Leaves out halves, quarters and so on of the first `length` units, as far as it goes on being wrong. */
async function withoutParts<T extends { readonly length: number }>(
  whole: T,
  length: number,
  smallest: number,
  isWrong: IsWrong<T>,
  without: (all: T, from: number, to: number) => T,
): Promise<T> {
  let kept = whole;
  let left = length;
  for (let size = Math.ceil(length / 2); size >= smallest; size = Math.floor(size / 2)) {
    for (let to = left; to > 0; to -= size) {
      const candidate = without(kept, Math.max(0, to - size), to);
      if (!(await isWrong(candidate))) continue;
      left -= kept.length - candidate.length;
      kept = candidate;
    }
  }
  return kept;
}
