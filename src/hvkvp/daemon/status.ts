import { askDaemon } from './daemon-access.ts';
import { type Output, writeJson } from '../output.ts';
import { statusView } from './status-view.ts';

/** Prints how the daemon at a control socket does. */
export async function showStatus(socket: string, output: Output): Promise<void> {
  const status = await askDaemon(socket, async (client) => {
    return { ...(await client.status()), autoKeys: await client.autoKeys() };
  });
  if (output.json) writeJson(output, status);
  else output.write(`${statusView(status, new Date(), output).join('\n')}\n`);
}
