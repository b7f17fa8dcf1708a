/** A file in an archive. */
export interface ArchivedFile {
  /** With its folders; ASCII, at most 100 characters. */
  readonly name: string;
  readonly content: Buffer;
}

const blockSize = 512;
const fields = { name: 100, number: 8, size: 12, checksum: 148, magic: 257 } as const;

/** An archive in the format ustar of POSIX, of plain files that are their owner's only. */
export function tarOf(files: readonly ArchivedFile[], now: Date): Buffer {
  const end = Buffer.alloc(2 * blockSize);
  return Buffer.concat([
    ...files.flatMap(({ name, content }) => [header(name, content.length, now), padded(content)]),
    end,
  ]);
}

function header(name: string, size: number, now: Date): Buffer {
  const block = Buffer.alloc(blockSize);
  const seconds = Math.floor(now.getTime() / 1000);
  const number = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`;
  block.write(name, 0, fields.name, 'ascii');
  const { number: short, size: long } = fields;
  // Mode, owner, group, size, time, and eight blanks where the checksum will be.
  const numbers = [number(0o600, short), number(0, short), number(0, short), number(size, long), number(seconds, long)];
  block.write(`${numbers.join('')}        0`, fields.name, 'ascii');
  block.write('ustar\u000000', fields.magic, 'ascii');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, fields.checksum, 'ascii');
  return block;
}

/** To whole blocks. */
function padded(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((blockSize - (content.length % blockSize)) % blockSize)]);
}
