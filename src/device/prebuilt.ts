import { closeSync, openSync, readSync } from 'node:fs';
import { isSystemError } from './system-error.ts';

/** The folder of `prebuilds` whose addon is for this Node: for its system, its processor and, on Linux, its C library. */
export function prebuiltName(): string {
  const system = `${process.platform}-${process.arch}`;
  return process.platform === 'linux' && loaderOf(process.execPath).includes('/ld-musl-') ? `${system}-musl` : system;
}

/** What a program names as its loader, elf(5): musl's is /lib/ld-musl-PROCESSOR.so.1. "" if it names none, or cannot be read. */
function loaderOf(program: string): string {
  try {
    const file = openSync(program, 'r');
    try {
      const header = bytesAt(file, 0, header64.size);
      const count = header.readUInt16LE(header64.entries);
      const size = header.readUInt16LE(header64.entrySize);
      const table = bytesAt(file, Number(header.readBigUInt64LE(header64.table)), count * size);
      const starts = Array.from({ length: count }, (_, index) => index * size);
      const start = starts.find((each) => table.readUInt32LE(each) === interpreter);
      if (start === undefined) return '';
      const [offset, length] = [entry64.offset, entry64.length].map((at) => Number(table.readBigUInt64LE(start + at)));
      return bytesAt(file, offset ?? 0, length ?? 0).toString('latin1');
    } finally {
      closeSync(file);
    }
  } catch (error) {
    // A program may be run by those who must not read it.
    if (!isSystemError(error)) throw error;
    return '';
  }
}

function bytesAt(file: number, offset: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  readSync(file, bytes, 0, size, offset);
  return bytes;
}

/** Where <elf.h> has the fields of Elf64_Ehdr and Elf64_Phdr. */
const header64 = { size: 64, table: 32, entrySize: 54, entries: 56 };
const entry64 = { offset: 8, length: 32 };
/** PT_INTERP. */
const interpreter = 3;
