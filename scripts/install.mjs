// What npm runs when the package is installed: has node-gyp compile the addon, unless the one that came along serves here.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { release } from 'node:os';
import { missingTools } from './compiler.mjs';
import { headersOption } from './node-gyp.mjs';

const oldestFreebsd = 14;

const obstacle = await obstacleToPrebuilt();
if (obstacle !== undefined) compile(obstacle);

/** Why the prebuilt addon cannot be used, if it cannot. */
async function obstacleToPrebuilt() {
  if (process.platform === 'freebsd' && Number.parseInt(release(), 10) < oldestFreebsd) {
    return `the prebuilt addon is for FreeBSD ${oldestFreebsd} and later, and this is ${release()}`;
  }
  const name = await prebuiltName();
  if (name === undefined) return 'there is no prebuilt addon in a checkout';
  try {
    createRequire(import.meta.url)(`../prebuilds/${name}/hv_kvp.node`);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    if (error.code === 'MODULE_NOT_FOUND') return `there is no prebuilt addon for ${name}`;
    if (error.code === 'ERR_DLOPEN_FAILED') return `the prebuilt addon does not load: ${error.message}`;
    throw error;
  }
}

/** As the programs choose it; undefined where nothing is built. @returns {Promise<string | undefined>} */
async function prebuiltName() {
  const path = '../dist/device/prebuilt.js';
  try {
    /** @type {typeof import('../src/device/prebuilt.ts')} */
    // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- It is built of that source.
    const prebuilt = await import(path);
    return prebuilt.prebuiltName();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** @param {string} why */
function compile(why) {
  console.log(`${why}; compiling it`);
  // npm puts its own node-gyp on the path.
  const { status, error } = spawnSync('node-gyp', ['rebuild', ...headersOption()], { stdio: 'inherit' });
  if (status === 0) return;
  console.error(`cannot install hyperv-kvp: ${why}, and it cannot be compiled (${error?.message ?? 'see above'})`);
  console.error(
    missingTools() ??
      'Compiling takes a C++17 compiler, make and Python 3. Install them, then install hyperv-kvp again.',
  );
  process.exitCode = 1;
}
