import { closeSync, openSync, writeSync } from 'node:fs';

// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the cast is lost on the linter.
const { encodeRecord } = /** @type {typeof import('../../src/pools/record.ts')} */ (
  await import(new URL('../../dist/pools/record.js', import.meta.url).href)
);

const atOnce = 1000;

/** Makes a pool file of the records "key0" … @param {string} path @param {number} count */
export function fill(path, count) {
  const fd = openSync(path, 'w');
  for (let start = 0; start < count; start += atOnce) {
    const numbers = Array.from({ length: Math.min(atOnce, count - start) }, (_, index) => start + index);
    writeSync(
      fd,
      Buffer.concat(numbers.map((number) => encodeRecord(Buffer.from(`key${number}`), Buffer.from('value')))),
    );
  }
  closeSync(fd);
}
