import { exposition } from '../control/exposition.ts';
import { askDaemon } from './daemon-access.ts';
import type { Output } from './output.ts';

/** Prints the daemon's metrics for Prometheus. */
export async function printMetrics(socket: string, output: Output): Promise<void> {
  output.write(exposition(await askDaemon(socket)));
}
