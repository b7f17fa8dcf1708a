import { isThere, missing } from './needed-programs.mjs';

/** Debian's, of what node-gyp needs. */
export const debianPackages = ['g++', 'make', 'python3'];

const packages = {
  'apt-get': debianPackages.join(' '),
  dnf: 'gcc-c++ make python3',
  zypper: 'gcc-c++ make python3',
  apk: 'g++ make python3',
  pkg: 'gmake python3',
};

/** What is missing of what node-gyp needs, with the command that installs it; undefined if nothing is. @returns {string | undefined} */
export function missingTools() {
  const { CXX, PYTHON } = process.env;
  const tools = {
    'a C++17 compiler': [CXX ?? (process.platform === 'freebsd' ? 'c++' : 'g++')],
    make: process.platform === 'freebsd' ? ['gmake'] : ['make'],
    'Python 3': [PYTHON ?? 'python3', 'python'],
  };
  // Words such as those of CXX="ccache g++" are the shell's business.
  const isToolThere = (/** @type {string} */ words) => isThere(words.split(' ')[0] ?? '');
  const absent = Object.entries(tools).flatMap(([name, programs]) => (programs.some(isToolThere) ? [] : [name]));
  return absent.length === 0 ? undefined : `${absent.join(', ')} ${missing(packages)}`;
}
