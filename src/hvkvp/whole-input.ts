import { createReadStream, fstatSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { UsageError } from './failure.ts';

/** More than five pools of the default's length, as text. */
const mostBytes = 256 * 1024 * 1024;

/** What a file has that was named on the command line: a pipe, too, which has an end. */
export async function readGivenFile(path: string): Promise<Buffer> {
  return await readWhole(createReadStream(path), path);
}

/** What standard input has up to its end. Throws for what has none, or cannot be read, for which Node would give nothing at all. */
export async function standardInput(): Promise<Buffer> {
  const status = fstatSync(0);
  if (!(status.isFile() || status.isFIFO() || status.isSocket() || status.isCharacterDevice())) {
    throw new UsageError('standard input is not a file, pipe or terminal');
  }
  return await readWhole(process.stdin, 'standard input');
}

async function readWhole(stream: Readable, name: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > mostBytes) throw new UsageError(`${name} is longer than ${mostBytes} bytes`);
  }
  return Buffer.concat(chunks);
}
