import { setTimeout as sleep } from 'node:timers/promises';
import { patience } from '../environment/patience.ts';

/** Waits until a condition holds; throws after `timeoutMs`, or later if there is more patience. */
export async function eventually(condition: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> {
  const end = performance.now() + timeoutMs * patience.factor;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited ${timeoutMs * patience.factor} ms in vain`);
    await sleep(pauseMs);
  }
}

const pauseMs = 20;
