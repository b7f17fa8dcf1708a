// What npm runs when the package is installed: has node-gyp compile the addon, unless the one that came along serves here.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const system = `${process.platform}-${process.arch}`;
const prebuilt = `../prebuilds/${system}/hv_kvp.node`;

const obstacle = obstacleToPrebuilt();
if (obstacle !== undefined) compile(obstacle);

/** Why the prebuilt addon cannot be used, if it cannot. */
function obstacleToPrebuilt() {
  if (process.platform === 'linux' && !hasGlibc()) return 'the prebuilt addon is for glibc, which is not here';
  try {
    createRequire(import.meta.url)(prebuilt);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    if (error.code === 'MODULE_NOT_FOUND') return `there is no prebuilt addon for ${system}`;
    if (error.code === 'ERR_DLOPEN_FAILED') return `the prebuilt addon does not load: ${error.message}`;
    throw error;
  }
}

function hasGlibc() {
  const { report } = process;
  // Else it would look up the names of all peers.
  Object.assign(report, { excludeNetwork: true });
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (report.getReport());
  return header.glibcVersionRuntime !== undefined;
}

/** @param {string} why */
function compile(why) {
  console.log(`${why}; compiling it`);
  // npm puts its own node-gyp on the path.
  const { status, error } = spawnSync('node-gyp', ['rebuild'], { stdio: 'inherit' });
  if (status === 0) return;
  console.error(`cannot install hyperv-kvp: ${why}, and it cannot be compiled (${error?.message ?? 'see above'})`);
  console.error('Compiling takes a C++17 compiler, make and Python 3. Install them, then install hyperv-kvp again.');
  process.exitCode = 1;
}
