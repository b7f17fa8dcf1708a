import { exposition } from '../../control/exposition.ts';
import { metricFamilies } from '../../control/metrics.ts';
import { askDaemon } from './daemon-access.ts';
import { type Output, writeJson } from '../output.ts';

/** Prints the daemon's metrics: for Prometheus, or all of them as one JSON array. */
export async function printMetrics(socket: string, output: Output): Promise<void> {
  const status = await askDaemon(socket, (client) => client.status());
  if (output.json) writeJson(output, metricFamilies(status));
  else output.write(exposition(status));
}
