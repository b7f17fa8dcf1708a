/** Aborted by the first signal that asks this program to end; until then, and by others, it goes on. */
export function endBySignals(): AbortController {
  const end = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      end.abort();
    });
  }
  return end;
}
