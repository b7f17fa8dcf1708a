import { spawnSync } from 'node:child_process';

/** Debian's, of what node-gyp needs. */
export const debianPackages = ['g++', 'make', 'python3'];

/** What a package manager calls what node-gyp needs. */
const commands = {
  'apt-get': `apt-get install ${debianPackages.join(' ')}`,
  dnf: 'dnf install gcc-c++ make python3',
  apk: 'apk add g++ make python3',
  pkg: 'pkg install gmake python3',
};

/** What is missing of what node-gyp needs, with the command that installs it; undefined if nothing is. @returns {string | undefined} */
export function missingTools() {
  const { CXX, PYTHON } = process.env;
  const tools = {
    'a C++17 compiler': [CXX ?? (process.platform === 'freebsd' ? 'c++' : 'g++')],
    make: process.platform === 'freebsd' ? ['gmake'] : ['make'],
    'Python 3': [PYTHON ?? 'python3', 'python'],
  };
  const missing = Object.entries(tools).flatMap(([name, programs]) => (programs.some(isThere) ? [] : [name]));
  if (missing.length === 0) return undefined;
  const here = Object.entries(commands).filter(([manager]) => isThere(manager));
  const lines = (here.length > 0 ? here : Object.entries(commands)).map(([, command]) => `    ${command}`);
  return `${missing.join(', ')} missing; install with:\n${lines.join('\n')}`;
}

/** @param {string} program */
function isThere(program) {
  // Words such as those of CXX="ccache g++" are the shell's business.
  const [name = ''] = program.split(' ');
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;
}
