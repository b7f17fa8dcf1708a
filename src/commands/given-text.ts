import { InvalidText } from '../pools/valid-record.ts';

/** The word for standard input in place of a value. */
const fromStandardInput = '-';
const replacement = '\uFFFD';
const lineFeed = 0x0a;

/** A word of the command line as bytes. Node puts U+FFFD in the place of what is not UTF-8, and nobody means that character. */
export function givenBytes(what: 'key' | 'value', word: string): Buffer {
  if (word.includes(replacement)) throw new InvalidText(`the ${what} is not valid UTF-8`);
  return Buffer.from(word);
}

/** A value, or for `-` what standard input has up to its end, but for one line feed there. */
export async function givenValue(word: string): Promise<Buffer> {
  if (word !== fromStandardInput) return givenBytes('value', word);
  const bytes = await standardInput();
  return bytes.at(-1) === lineFeed ? bytes.subarray(0, -1) : bytes;
}

export async function standardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
