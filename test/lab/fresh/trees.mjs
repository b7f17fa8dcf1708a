import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { debianPackages } from '../../../scripts/compiler.mjs';

const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'hyperv-kvp/fresh');
/** Debian's, so that they are not downloaded again for another tree. */
const packages = join(cache, 'packages');
/** What README says that the commands need, besides Node and npm; and npm needs certificates. */
const required = ['ca-certificates', ...debianPackages];
const plainly = ['--no-install-recommends'];

/**
 * The folder of a Debian that has what README asks for and nothing else; kept for the next run. With the name of no version, Debian's own Node
 * and npm, else npm's package of that Node, and the newest npm that it can run. @param {'bookworm' | 'trixie'} release @param {string} node
 */
export function tree(release, node) {
  return kept(`${release}-${node}`, (folder) => {
    const base = kept(release, (empty) => {
      debootstrap(release, empty);
    });
    run('cp', '--archive', '--no-target-directory', base, folder);
    // Apart from debootstrap, which does not get along with so many packages at once.
    if (node === 'debian') {
      const install = 'mount --bind "$1" "$0/var/cache/apt/archives" && shift && exec chroot "$0" "$@"';
      const words = ['apt-get', 'install', '--yes', '--quiet=2', ...plainly, 'nodejs', 'npm'];
      run('unshare', '--mount', 'sh', '-c', install, folder, packages, ...words);
    } else {
      addNode(folder, node);
    }
    run('chroot', folder, 'useradd', '--create-home', '--uid', '1000', '--shell', '/bin/sh', 'plain');
  });
}

/** @param {string} release @param {string} folder */
function debootstrap(release, folder) {
  mkdirSync(packages, { recursive: true });
  const words = [`--cache-dir=${packages}`, '--variant=minbase', `--include=${required.join(',')}`, release, folder];
  // What it mounts in there is gone with the namespace.
  run('unshare', '--mount', '--pid', '--fork', 'debootstrap', ...words);
}

/** As npm installs it: `node` is a link of the program in the package of its system. @param {string} folder @param {string} version */
function addNode(folder, version) {
  const prefix = join(folder, 'opt');
  const wanted = [`node-linux-${process.arch}@${version}`, 'npm@10'];
  run(
    'npm',
    'install',
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--prefix',
    prefix,
    ...wanted,
  );
  const bin = join(folder, 'usr/local/bin');
  run('ln', '-s', `/opt/node_modules/node-linux-${process.arch}/bin/node`, join(bin, 'node'));
  run('ln', '-s', '/opt/node_modules/npm/bin/npm-cli.js', join(bin, 'npm'));
  run('ln', '-s', '/opt/node_modules/npm/bin/npx-cli.js', join(bin, 'npx'));
}

/** Makes a folder of the cache unless it is there, so that it is there whole or not at all. @param {string} name @param {(folder: string) => void} make */
function kept(name, make) {
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  console.log(`making ${folder}`);
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  make(partial);
  renameSync(partial, folder);
  return folder;
}

/** @param {string} program @param {readonly string[]} words */
function run(program, ...words) {
  execFileSync(program, words, { stdio: ['ignore', 'ignore', 'inherit'] });
}
