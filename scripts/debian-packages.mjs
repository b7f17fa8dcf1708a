import { spawnSync } from 'node:child_process';

/** Installs what is missing of programs, each with the Debian package that has it. @param {Record<string, string>} packageOf */
export function install(packageOf) {
  const missing = Object.entries(packageOf).filter(([program]) => isMissing(program));
  if (missing.length === 0) return;
  const names = missing.map(([, name]) => name);
  if (process.getuid?.() !== 0) throw new Error(`${names.join(', ')} missing; as root it would be installed`);
  for (const words of [
    ['update', '-qq'],
    ['install', '-qq', '-y', '--no-install-recommends', ...names],
  ]) {
    if (spawnSync('apt-get', words, { stdio: 'inherit' }).status !== 0) {
      throw new Error(`${names.join(', ')} cannot be installed`);
    }
  }
}

/** @param {string} program */
function isMissing(program) {
  return spawnSync(program, ['--version']).error !== undefined;
}
