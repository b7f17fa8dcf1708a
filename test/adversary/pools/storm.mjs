// Sets and deletes records at random until it is killed: storm.mjs DIRECTORY DURABILITY SEED RECORDS.
// Tells on standard output what it is about to do and, once it is answered, that it is done.
import { writeSync } from 'node:fs';

const [directory = '', durability = '', seed = '0', count = '0'] = process.argv.slice(2);
const built = new URL('../../../dist/pools/pools.js', import.meta.url).href;
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the cast is lost on the linter.
const { openPools } = /** @type {typeof import('../../../src/pools/pools.ts')} */ (await import(built));

const pools = openPools({
  directory,
  stateDirectory: `${directory}/.hyperv-kvp`,
  fileMode: 0o644,
  durability: durability === 'disk' ? 'disk' : 'memory',
  lockTimeoutMs: 2000,
  warn: () => undefined,
});
const pool = pools.at(1);
const storedValue = 2048;
let state = Number(seed);

/** A number from 0 up to the limit (Numerical Recipes' generator).
 * @param {number} limit */
function random(limit) {
  state = (state * 1664525 + 1013904223) % 2 ** 32;
  return Math.floor((state / 2 ** 32) * limit);
}

/** @param {string} text */
function tell(text) {
  // Not by process.stdout, which makes a pipe one that does not wait for its reader.
  writeSync(1, `${text}\n`);
}

tell('ready');
for (let round = 0; ; round += 1) {
  const key = `key${random(Number(count))}`;
  const kind = random(4);
  if (kind === 0) {
    tell(`delete ${key}`);
    await pool.delete(Buffer.from(key));
  } else {
    const text = `${seed}.${round};`;
    tell(`set ${key} ${text}`);
    await pool.set(Buffer.from(key), Buffer.from(text.repeat(Math.floor(storedValue / text.length))));
  }
  tell('done');
}
