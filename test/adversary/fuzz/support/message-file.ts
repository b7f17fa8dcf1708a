import { readFileSync, writeFileSync } from 'node:fs';
import { type Dialect, dialects, type System } from '../../../../src/message/dialect.ts';

/** Messages that found something, one after the other, for a system's daemon. */
export interface MessageFile {
  readonly system: System;
  readonly messages: readonly Buffer[];
}

/** So many zeros end a run of bytes that is written out; all that is not is zero. */
const gap = 8;
const comment = /#.*/;

/** Writes `system`, and each message as `message` and lines of an offset and the bytes there in hexadecimal digits. */
export function writeMessageFile(path: string, { system, messages }: MessageFile, reason: string): void {
  const lines = messages.flatMap((message) => ['message', ...runsOf(message)]);
  writeFileSync(path, `# ${reason.replaceAll('\n', ' ')}\n${system}\n${lines.join('\n')}\n`);
}

export function readMessageFile(path: string): MessageFile {
  const lines = readFileSync(path, 'utf8').split('\n');
  const [system, ...rest] = lines.map((line) => line.replace(comment, '').trim()).filter((line) => line !== '');
  if (system !== 'linux' && system !== 'freebsd') throw new Error(`${path} does not begin with the name of a system`);
  return { system, messages: parseMessages(rest, dialects[system]) };
}

function runsOf(message: Buffer): readonly string[] {
  const runs: string[] = [];
  for (let start = nextByte(message, 0); start < message.length; ) {
    let end = start + 1;
    for (let next = nextByte(message, end); next < Math.min(end + gap, message.length); next = nextByte(message, end)) {
      end = next + 1;
    }
    runs.push(`${start} ${message.toString('hex', start, end)}`);
    start = nextByte(message, end);
  }
  return runs;
}

/** Where the next byte is that is not zero. */
function nextByte(message: Buffer, from: number): number {
  let at = from;
  while (message[at] === 0) at += 1;
  return at;
}

function parseMessages(lines: readonly string[], { messageSize }: Dialect): readonly Buffer[] {
  const messages: Buffer[] = [];
  for (const line of lines) {
    if (line === 'message') {
      messages.push(Buffer.alloc(messageSize));
      continue;
    }
    const [offset = '', digits = ''] = line.split(' ');
    messages.at(-1)?.write(digits, Number(offset), 'hex');
  }
  return messages;
}
