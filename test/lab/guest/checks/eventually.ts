import { setTimeout as sleep } from 'node:timers/promises';

/** Repeats an assertion until it holds; rethrows its last failure after `timeoutMs`. */
export async function eventually(assertion: () => void | Promise<void>, timeoutMs = 5000): Promise<void> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    try {
      await assertion();
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
      await sleep(pauseMs);
    }
  }
}

const pauseMs = 50;
