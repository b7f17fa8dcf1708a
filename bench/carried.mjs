// What it costs to make a record such as FreeBSD's driver can carry it.
import { costNs } from './paths/cost.mjs';

const built = new URL('../dist/message/', import.meta.url).href;
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the cast is lost on the linter.
const { carriedRecord } = /** @type {typeof import('../src/message/carried-reply.ts')} */ (
  await import(`${built}carried-reply.js`)
);
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the same.
const { dialects } = /** @type {typeof import('../src/message/dialect.ts')} */ (await import(`${built}dialect.js`));

const calls = 2000;
const usual = 'a value of usual length, some forty bytes';
const longest = 1022;

/** @type {readonly (readonly [name: string, value: string])[]} */
const values = [
  ['ASCII, usual length', usual],
  ['ASCII, as long as is carried', 'v'.repeat(longest)],
  ['other scripts', 'Grüße aus 日本, '.repeat(3)],
  ['beyond U+FFFF', `${usual} 👋`],
  ['longer than is carried', 'v'.repeat(longest + 1)],
];

/** @returns {Promise<import('./run.mjs').Result>} */
export function measure() {
  const rows = values.map(([name, value]) => {
    const record = { key: Buffer.from('OperatingSystemName'), value: Buffer.from(value) };
    const [linux, freebsd] = [dialects.linux, dialects.freebsd].map((dialect) =>
      costNs(() => carriedRecord(record, dialect), calls),
    );
    return [name, linux ?? NaN, freebsd ?? NaN];
  });
  const table = { title: 'A record for the host, ns', columns: ['value', 'Linux', 'FreeBSD'], rows };
  return Promise.resolve({ tables: [table], figures: [] });
}
