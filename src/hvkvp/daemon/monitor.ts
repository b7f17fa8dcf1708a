import { once } from 'node:events';
import type { ControlEvent } from '../../control/protocol.ts';
import { connectToDaemon } from './daemon-access.ts';
import { type EventFilter, isWanted } from './event-filter.ts';
import { eventView } from './event-view.ts';
import { endBySignals } from '../end-by-signals.ts';
import { NotFound } from '../failure.ts';
import { type Output, writeJson } from '../output.ts';
import { Recording } from './recording.ts';

export interface MonitorOptions {
  readonly socket: string;
  /** Whether values and addresses are asked for, shown and recorded. */
  readonly values: boolean;
  /** A new file to write the events to. */
  readonly record: string | undefined;
  /** What is shown and recorded. */
  readonly filter: EventFilter;
}

/** Prints each event of the daemon until it is stopped. Throws {@link NotFound} if the daemon ends first. */
export async function monitor({ socket, values, record, filter }: MonitorOptions, output: Output): Promise<void> {
  const client = await connectToDaemon(socket);
  const end = endBySignals();
  end.signal.addEventListener('abort', () => {
    client.close();
  });
  let recording: Recording | undefined;
  try {
    if (record !== undefined) recording = new Recording(record, client.hello);
    for await (const event of await client.events(values)) {
      if (!isWanted(event, filter)) continue;
      recording?.write(event);
      show(event, values, output);
      // The daemon drops what does not fit: nothing piles up here.
      if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain');
    }
  } finally {
    recording?.close();
    client.close();
  }
  if (!end.signal.aborted) throw new NotFound('the daemon has ended');
}

function show(event: ControlEvent, values: boolean, output: Output): void {
  if (output.json) writeJson(output, event);
  else output.write(`${eventView(event, values, output)}\n`);
}
