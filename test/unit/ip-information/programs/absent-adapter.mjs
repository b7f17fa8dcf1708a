// Run in a network namespace of its own: absent-adapter.mjs ID COMMAND... makes changes, and tells after each what a request gets,
// and whether the next one is answered without reading anything.
import { execFileSync } from 'node:child_process';

/** @param {string} path */
const built = (path) => new URL(`../../../../dist/${path}.js`, import.meta.url).href;
/* eslint-disable @typescript-eslint/no-unsafe-assignment -- the casts are lost on the linter. */
const { AbsentAdapters } = /** @type {typeof import('../../../../src/ip-information/absent-adapters.ts')} */ (
  await import(built('ip-information/absent-adapters'))
);
const { readIpInformation } = /** @type {typeof import('../../../../src/ip-information/read.ts')} */ (
  await import(built('ip-information/read'))
);
const { platform } = /** @type {typeof import('../../../../src/platform/platform.ts')} */ (
  await import(built('platform/platform'))
);
const { native } = /** @type {typeof import('../../../../src/device/native.ts')} */ (
  await import(built('device/native'))
);
/* eslint-enable @typescript-eslint/no-unsafe-assignment */

const [id = '', ...commands] = process.argv.slice(2);
const linux = platform('linux');
const absent = new AbsentAdapters(new native.NetworkWatch());
let reads = 0;
const ask = () =>
  absent.ask(id, () => {
    reads += 1;
    return readIpInformation(linux, id);
  });

for (const command of commands) {
  execFileSync('sh', ['-ec', command]);
  const value = await ask();
  const before = reads;
  await ask();
  console.log(`${value === undefined ? 'absent' : 'there'}, ${reads === before ? 'kept' : 'read'}`);
}
