import { askDaemonWithAutoKeys } from './daemon-access.ts';
import { type Output, writeJson } from '../output.ts';
import { statusView } from './status-view.ts';

/** Prints how the daemon at a control socket does. */
export async function showStatus(socket: string, output: Output): Promise<void> {
  const status = await askDaemonWithAutoKeys(socket);
  if (output.json) writeJson(output, status);
  else output.write(`${statusView(status, new Date(), output).join('\n')}\n`);
}
