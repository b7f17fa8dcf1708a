import type { LineSink } from '../log/log.ts';
import { printable } from '../message/printable.ts';

/**
 * Writes the stack of a mistake that ends this process to the log: in the background nobody sees where Node would write it. Past the
 * limit of lines, since nothing comes after it.
 */
export function logCrash(sink: LineSink): void {
  process.on('uncaughtExceptionMonitor', (error) => {
    const lines = (error.stack ?? error.message).split('\n');
    sink('error', 'ended by a bug in the program:');
    for (const line of lines) sink('error', printable(line));
  });
}
