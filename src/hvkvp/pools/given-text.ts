import { isWholeText } from '../../message/whole-text.ts';
import { InvalidText } from '../../pools/valid-record.ts';
import { standardInput } from '../whole-input.ts';

/** The word for standard input in place of a value. */
const fromStandardInput = '-';
const lineEnds = [Buffer.from('\r\n'), Buffer.from('\n')] as const;
/** How a text of Windows may begin; without either it is UTF-8. A decoder takes the mark away. */
const byteOrderMarks = { 'utf-16le': Buffer.of(0xff, 0xfe), 'utf-16be': Buffer.of(0xfe, 0xff) } as const;

/** A word of the command line as bytes. */
export function givenBytes(what: 'key' | 'value', word: string): Buffer {
  if (!isWholeText(word)) throw new InvalidText(`the ${what} is not valid UTF-8`);
  return Buffer.from(word);
}

/** A value, or for `-` what standard input has up to its end, but for one line end there, of this system or of Windows. */
export async function givenValue(word: string): Promise<Buffer> {
  if (word !== fromStandardInput) return givenBytes('value', word);
  const bytes = await standardInput();
  const end = lineEnds.find((each) => bytes.subarray(-each.length).equals(each));
  return end === undefined ? bytes : bytes.subarray(0, -end.length);
}

/** A text in UTF-8, or in UTF-16 if it begins with a mark of that, as Windows writes it; undefined for what is none. */
export function decodeText(bytes: Buffer): string | undefined {
  const { 'utf-16le': little, 'utf-16be': big } = byteOrderMarks;
  const startsWith = (mark: Buffer): boolean => bytes.subarray(0, mark.length).equals(mark);
  const encoding = startsWith(little) ? 'utf-16le' : startsWith(big) ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
