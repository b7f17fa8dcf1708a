// Run in a network namespace of its own: makes changes, and tells after each what the next request gets.
import { execFileSync } from 'node:child_process';

/** @param {string} path */
const built = (path) => new URL(`../../../../dist/${path}.js`, import.meta.url).href;
/* eslint-disable @typescript-eslint/no-unsafe-assignment -- the casts are lost on the linter. */
const { KnownAddresses } = /** @type {typeof import('../../../../src/auto-keys/known-addresses.ts')} */ (
  await import(built('auto-keys/known-addresses'))
);
const { defaultReport } = /** @type {typeof import('../../../../src/auto-keys/report-settings.ts')} */ (
  await import(built('auto-keys/report-settings'))
);
const { platform } = /** @type {typeof import('../../../../src/platform/platform.ts')} */ (
  await import(built('platform/platform'))
);
const { isLinkLocal } = /** @type {typeof import('../../../../src/platform/addresses.ts')} */ (
  await import(built('platform/addresses'))
);
const { native } = /** @type {typeof import('../../../../src/device/native.ts')} */ (
  await import(built('device/native'))
);
/* eslint-enable @typescript-eslint/no-unsafe-assignment */

const linux = platform('linux');
let reads = 0;
// Those that the kernel makes up are no part of the test.
const readAddresses = () => {
  reads += 1;
  return linux.readAddresses().filter(({ address }) => !isLinkLocal(address));
};
// An hour passes between any two looks at the clock, so that nothing but the kernel's reports has a value asked for anew.
const hourMs = 3_600_000;
let nowMs = 0;
const known = new KnownAddresses(
  { ...linux, readAddresses },
  new native.NetworkWatch(),
  defaultReport,
  () => (nowMs += hourMs),
);

for (const command of process.argv.slice(2)) {
  execFileSync('sh', ['-ec', command]);
  const [ipv4, ipv6] = await ask();
  await settled();
  const before = reads;
  await ask();
  console.log(JSON.stringify({ command, ipv4, ipv6, isKept: reads === before }));
}

async function ask() {
  return [await known.current('ipv4'), await known.current('ipv6')];
}

/** A link that has come up is reported once more a little later. */
async function settled() {
  for (let quiet = 0; quiet < 3; ) {
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
    const before = reads;
    await ask();
    quiet = reads === before ? quiet + 1 : 0;
  }
}
