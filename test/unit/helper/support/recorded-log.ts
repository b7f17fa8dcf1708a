import { createLog, type Log } from '../../../../src/log/log.ts';

/** A log, and the lines that were written to it. */
export function recordedLog(): { readonly log: Log; readonly lines: readonly string[] } {
  const lines: string[] = [];
  const sink = (_: string, text: string): void => {
    lines.push(text);
  };
  return { log: createLog({ sink, level: () => 'info' }), lines };
}
