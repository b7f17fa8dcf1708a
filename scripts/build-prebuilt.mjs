// Compiles the addon and the launcher by binding.gyp, as anywhere else, into prebuilds/NAME: for this system, and for those that there is a
// compiler for. On others they are compiled when the package is installed, see install.mjs.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { missingTools } from './compiler.mjs';
import { isThere } from './needed-programs.mjs';
import { headersOption } from './node-gyp.mjs';
import { ExpectedError, reportPlainly } from './plain-errors.mjs';
import { withoutZig, zigEnvironment } from './python-packages.mjs';
import { neededVersions, tooNew } from './symbol-versions.mjs';

/**
 * `name` is as src/device/prebuilt.ts has it; `tools` is what Debian's names of the compiler and its companions begin with.
 * @typedef {{ name: string, architecture: string, tools: string, debianPackage: string }} CrossTarget
 * `triple` is Zig's name of what it compiles for.
 * @typedef {{ name: string, architecture: string, triple: string }} ZigTarget
 */

/** @type {CrossTarget[]} */
const crossTargets = [
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

reportPlainly();
const absent = missingTools();
if (absent !== undefined) throw new ExpectedError(absent);
// What was built for a system that is skipped now would be out of date.
rmSync(join(checkout, 'prebuilds'), { recursive: true, force: true });
for (const { name, architecture, tools, debianPackage } of crossTargets) {
  if (process.platform === 'linux' && architecture === process.arch) {
    strip('strip', compile(name, architecture, process.env));
  } else if (isThere(`${tools}-g++`)) {
    const env = { ...process.env, CC: `${tools}-gcc`, CXX: `${tools}-g++` };
    strip(`${tools}-strip`, compile(name, architecture, env));
  } else {
    skip(name, `${tools}-g++ is missing (Debian: ${debianPackage})`);
  }
}
const environment = zigEnvironment();
if (environment === undefined) {
  skip(zigTargets.map(({ name }) => name).join(', '), withoutZig);
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
      throw new ExpectedError(`${file} for ${name} needs ${versions.join(', ')}: build it on an older system`);
    }
    cpSync(built, join(folder, file));
    return join(folder, file);
  });
}

/** @param {string} program @param {readonly string[]} files */
function strip(program, files) {
  for (const file of files) execFileSync(program, ['--strip-unneeded', file], { stdio: ['ignore', 2, 2] });
}

/** Whoever installs the package there compiles it then. @param {string} names @param {string} why */
function skip(names, why) {
  console.error(`skipped: ${names}: ${why}`);
}
