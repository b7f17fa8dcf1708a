// Compiles the addon and the launcher for the systems that npm's package brings them along for, by binding.gyp as anywhere else, into
// prebuilds/NAME. Others compile them when they install the package, see install.mjs.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from './debian-packages.mjs';
import { headersOption } from './node-gyp.mjs';
import { withoutZig, zigEnvironment } from './python-packages.mjs';
import { neededVersions, tooNew } from './symbol-versions.mjs';

/**
 * `name` is as src/device/prebuilt.ts has it; `tools` is what Debian's names of the compiler and its companions begin with.
 * @typedef {{ name: string, architecture: string, tools: string, debianPackage: string }} DebianTarget
 * `triple` is Zig's name of what it compiles for.
 * @typedef {{ name: string, architecture: string, triple: string }} ZigTarget
 */

/** @type {DebianTarget[]} */
const debianTargets = [
  { name: 'linux-x64', architecture: 'x64', tools: 'x86_64-linux-gnu', debianPackage: 'g++-x86-64-linux-gnu' },
  { name: 'linux-arm64', architecture: 'arm64', tools: 'aarch64-linux-gnu', debianPackage: 'g++-aarch64-linux-gnu' },
];
/** The oldest FreeBSD that Zig links a program for is 14.0; the addon keeps to what 12.0 has. @type {ZigTarget[]} */
const zigTargets = [
  { name: 'linux-x64-musl', architecture: 'x64', triple: 'x86_64-linux-musl' },
  { name: 'linux-arm64-musl', architecture: 'arm64', triple: 'aarch64-linux-musl' },
  { name: 'freebsd-x64', architecture: 'x64', triple: 'x86_64-freebsd.14.0' },
  { name: 'freebsd-arm64', architecture: 'arm64', triple: 'aarch64-freebsd.14.0' },
];

const checkout = fileURLToPath(new URL('..', import.meta.url));

install(
  Object.fromEntries(
    debianTargets.map(({ architecture, tools, debianPackage }) => [
      `${tools}-g++`,
      architecture === process.arch ? 'g++' : debianPackage,
    ]),
  ),
);
for (const { name, architecture, tools } of debianTargets) {
  const built = compile(name, architecture, { ...process.env, CC: `${tools}-gcc`, CXX: `${tools}-g++` });
  for (const file of built) run(`${tools}-strip`, '--strip-unneeded', file);
}
const environment = zigEnvironment();
if (environment === undefined) {
  console.error(`left out: ${zigTargets.map(({ name }) => name).join(', ')}: ${withoutZig}`);
} else {
  for (const { name, architecture, triple } of zigTargets) {
    const tools = { CC: `zig cc -target ${triple}`, CXX: `zig c++ -target ${triple}`, LDFLAGS: '-s' };
    compile(name, architecture, { ...environment, ...tools });
  }
}

/** Builds what is for a system; returns its files. @param {string} name @param {string} architecture @param {NodeJS.ProcessEnv} env @returns {string[]} */
function compile(name, architecture, env) {
  const [system = ''] = name.split('-');
  // In a copy, since node-gyp has one folder for what it builds; kept, so that only what has changed is compiled.
  const copy = join(checkout, 'build/prebuilt', name);
  for (const path of ['binding.gyp', 'native']) {
    cpSync(join(checkout, path), join(copy, path), { recursive: true, preserveTimestamps: true });
  }
  const words = ['-C', '.', '--loglevel=warn', `--arch=${architecture}`, ...headersOption()];
  // npm wants to read what is packed from standard output.
  execFileSync('node-gyp', ['configure', ...words, '--', `-DOS=${system}`], {
    cwd: copy,
    stdio: ['ignore', 2, 2],
    env,
  });
  execFileSync('node-gyp', ['build', ...words], { cwd: copy, stdio: ['ignore', 2, 2], env });

  const folder = join(checkout, 'prebuilds', name);
  mkdirSync(folder, { recursive: true });
  return ['hv_kvp.node', 'launcher'].map((file) => {
    const built = join(copy, 'build/Release', file);
    const versions = tooNew(neededVersions(built));
    if (versions.length > 0) {
      throw new Error(`${file} for ${name} needs ${versions.join(', ')}: build it on an older system`);
    }
    cpSync(built, join(folder, file));
    return join(folder, file);
  });
}

/** @param {string} program @param {string[]} words */
function run(program, ...words) {
  execFileSync(program, words, { stdio: ['ignore', 2, 2] });
}
