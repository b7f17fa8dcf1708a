import { spawnSync } from 'node:child_process';
import { isThere } from './needed-programs.mjs';
import { ExpectedError } from './plain-errors.mjs';

/** Set for a suite that was called with `--install`: only then are packages installed. */
export const installVariable = 'HYPERV_KVP_INSTALL';

/** Has what programs need: installs it if that was asked for, else throws an error that says how. @param {Readonly<Record<string, string>>} packageOf programs, each with the Debian package that has it */
export function install(packageOf) {
  const missing = missingPackages(packageOf);
  if (missing.length === 0) return;
  const command = ['apt-get', 'install', '--yes', '--no-install-recommends', ...missing];
  if (process.env[installVariable] === undefined) {
    throw new ExpectedError(
      `missing: ${missing.join(' ')}; as root, ${command.join(' ')}, or call the suite with --install`,
    );
  }
  for (const words of [['apt-get', 'update', '--quiet=2'], command]) {
    const [program = '', ...others] = words;
    // What is read of this program is its own words only.
    const { status } = spawnSync(program, others, { stdio: ['ignore', 2, 2] });
    if (status !== 0) throw new ExpectedError(`${words.join(' ')} failed`);
  }
}

/** Of programs, those packages whose program is not there. @param {Readonly<Record<string, string>>} packageOf @returns {string[]} */
export function missingPackages(packageOf) {
  const missing = Object.entries(packageOf).filter(([program]) => !isThere(program));
  return [...new Set(missing.map(([, name]) => name))];
}
