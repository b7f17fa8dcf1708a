import { spawnSync } from 'node:child_process';
import { ExpectedError } from './plain-errors.mjs';

/** Package managers, each with how it is asked to install. */
const managers = {
  'apt-get': 'apt-get install',
  dnf: 'dnf install',
  zypper: 'zypper install',
  apk: 'apk add',
  pkg: 'pkg install',
};

/** Names of packages, by package manager; "*" is for all others. @typedef {Readonly<Partial<Record<keyof typeof managers | '*', string>>>} Packages */

/** The package that has a program. @type {Readonly<Record<string, Packages>>} */
const packagesOf = {
  'dpkg-deb': { '*': 'dpkg' },
  rpmbuild: { 'apt-get': 'rpm', apk: 'rpm', '*': 'rpm-build' },
  mksquashfs: { '*': 'squashfs-tools' },
  strip: { '*': 'binutils' },
  'aarch64-linux-gnu-strip': { '*': 'binutils-aarch64-linux-gnu' },
  'x86_64-linux-gnu-strip': { 'apt-get': 'binutils-x86-64-linux-gnu', '*': 'binutils-x86_64-linux-gnu' },
};

/** Throws an ExpectedError if one of them is not there; it has the command that installs it. @param {readonly string[]} programs */
export function need(...programs) {
  for (const program of programs) {
    if (!isThere(program)) throw new ExpectedError(`${program} ${missing(packagesOf[program] ?? { '*': program })}`);
  }
}

/** That something is missing, with the command that installs it here. @param {Packages} packages */
export function missing(packages) {
  const names = Object.entries(managers);
  const here = names.filter(([manager]) => isThere(manager));
  const lines = (here.length > 0 ? here : names).flatMap(([manager, command]) => {
    const found = packages[/** @type {keyof typeof managers} */ (manager)] ?? packages['*'];
    return found === undefined ? [] : [`    ${command} ${found}`];
  });
  return `missing; install with:\n${lines.join('\n')}`;
}

/** @param {string} program */
export function isThere(program) {
  return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', program], { stdio: 'ignore' }).status === 0;
}
