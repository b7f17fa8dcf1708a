// Compiles the addon for the systems that npm's package brings it along for, by binding.gyp as anywhere else, into
// prebuilds/PLATFORM-ARCHITECTURE. Others compile it when they install the package, see install.mjs.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tooNew } from './symbol-versions.mjs';

/** @typedef {{ architecture: string, tools: string, debianPackage: string }} Target */

/** `tools` is what Debian's names of the compiler and its companions begin with. @type {Target[]} */
const targets = [
  { architecture: 'x64', tools: 'x86_64-linux-gnu', debianPackage: 'g++-x86-64-linux-gnu' },
  { architecture: 'arm64', tools: 'aarch64-linux-gnu', debianPackage: 'g++-aarch64-linux-gnu' },
];

const checkout = fileURLToPath(new URL('..', import.meta.url));

for (const target of targets) installCompiler(target);
for (const target of targets) build(target);

/** @param {Target} target */
function installCompiler({ architecture, tools, debianPackage }) {
  if (spawnSync(`${tools}-g++`, ['--version']).error === undefined) return;
  const missing = architecture === process.arch ? 'g++' : debianPackage;
  if (process.getuid?.() !== 0) throw new Error(`${tools}-g++ is missing; as root, ${missing} would be installed`);
  run('apt-get', 'update', '-qq');
  run('apt-get', 'install', '-qq', '-y', '--no-install-recommends', missing);
}

/** @param {Target} target */
function build({ architecture, tools }) {
  // In a copy, since node-gyp has one folder for what it builds; kept, so that only what has changed is compiled.
  const copy = join(checkout, 'build/prebuilt', architecture);
  for (const path of ['binding.gyp', 'native']) {
    cpSync(join(checkout, path), join(copy, path), { recursive: true, preserveTimestamps: true });
  }
  const words = ['configure', 'build', `--arch=${architecture}`, '--loglevel=warn'];
  execFileSync('node-gyp', words, {
    cwd: copy,
    // npm wants to read what is packed from standard output.
    stdio: ['ignore', 2, 2],
    env: { ...process.env, CC: `${tools}-gcc`, CXX: `${tools}-g++` },
  });

  const built = join(copy, 'build/Release/hv_kvp.node');
  const versions = tooNew(execFileSync(`${tools}-objdump`, ['-T', built], { encoding: 'utf8' }));
  if (versions.length > 0) {
    throw new Error(`the addon for ${architecture} needs ${versions.join(', ')}: build it on an older system`);
  }
  const folder = join(checkout, `prebuilds/linux-${architecture}`);
  mkdirSync(folder, { recursive: true });
  run(`${tools}-strip`, '--strip-unneeded', '-o', join(folder, 'hv_kvp.node'), built);
}

/** @param {string} program @param {string[]} words */
function run(program, ...words) {
  execFileSync(program, words, { stdio: ['ignore', 2, 2] });
}
