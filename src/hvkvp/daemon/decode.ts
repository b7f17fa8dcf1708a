import { eventView } from './event-view.ts';
import { type Output, writeJson } from '../output.ts';
import { readRecording } from './recording.ts';

/** Prints the events of a recording as `hvkvp monitor` does; values only if they are asked for and were recorded. */
export async function decode(file: string, values: boolean, output: Output): Promise<void> {
  for await (const event of readRecording(file)) {
    if (output.json) writeJson(output, values ? event : { ...event, value: undefined });
    else output.write(`${eventView(event, values, output)}\n`);
  }
}
