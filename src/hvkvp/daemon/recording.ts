import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import * as v from 'valibot';
import { EndlessLine, linesOf } from '../../control/lines.ts';
import { eventSchema, helloSchema } from '../../control/message-schema.ts';
import { type ControlEvent, type Hello, protocolVersion } from '../../control/protocol.ts';
import { privateModes } from '../../platform/private-modes.ts';
import { UsageError } from '../failure.ts';

/** A file of events: the daemon's hello, then an event a line, in JSON. */
export class Recording {
  readonly #fd: number;

  /** Creates it, for this user only. Throws EEXIST rather than write over another file. */
  constructor(path: string, hello: Hello) {
    this.#fd = openSync(path, 'wx', privateModes.file);
    this.#line(hello);
  }

  write(event: ControlEvent): void {
    this.#line(event);
  }

  close(): void {
    closeSync(this.#fd);
  }

  #line(message: Hello | ControlEvent): void {
    writeSync(this.#fd, `${JSON.stringify(message)}\n`);
  }
}

/** The events of a recording. Throws {@link UsageError} with the line that is none, a system error if there is no such file. */
export async function* readRecording(path: string): AsyncGenerator<ControlEvent, void> {
  let number = 0;
  try {
    for await (const line of linesOf(createReadStream(path, 'utf8'))) {
      number += 1;
      if (number === 1) v.parse(recordingSchema, JSON.parse(line));
      else yield v.parse(eventSchema, JSON.parse(line));
    }
  } catch (cause) {
    if (!(cause instanceof SyntaxError || cause instanceof v.ValiError || cause instanceof EndlessLine)) throw cause;
    throw new UsageError(`${path}:${number}: not a line of a recording: ${cause.message}`, { cause });
  }
  if (number === 0) throw new UsageError(`${path}: not a recording: the file is empty`);
}

const recordingSchema = v.pipe(
  helloSchema,
  v.check(({ protocol }) => protocol === protocolVersion, `it is not of version ${protocolVersion}`),
);
