import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until a condition holds; throws after `timeoutMs`. */
export async function eventually(condition: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited ${timeoutMs} ms in vain`);
    await sleep(pauseMs);
  }
}

const pauseMs = 20;
