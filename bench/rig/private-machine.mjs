import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { peers, stockPools } from './folders.mjs';
import { setUpNetwork } from './network.mjs';

const mark = 'HYPERV_KVP_BENCH_STOCK';

/** The unpacked C daemon's `/usr`, "" if there is none; undefined outside of a private machine. */
export const stockHere = process.env[mark];

/**
 * Runs this program again, with the same arguments, in namespaces of its own: network, mounts and processes, all of which
 * end with it. Returns its exit status.
 * @param {string} stock what `stockHere` shall be
 */
export function runInPrivateMachine(stock) {
  const asRoot = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  const namespaces = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  const { status } = spawnSync('unshare', [...asRoot, ...namespaces, process.execPath, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: { ...process.env, [mark]: stock },
  });
  return status ?? 1;
}

/** Gives the private machine what both daemons look at: memory for the pool files, a network, the C daemon's scripts. */
export function setUpPrivateMachine() {
  mount('-t', 'sysfs', 'none', '/sys');
  const scratch = join(peers, 'scratch');
  mkdirSync(scratch, { recursive: true });
  mount('-t', 'tmpfs', 'none', scratch);
  const libraries = join(scratch, 'lib');
  mkdirSync(join(libraries, 'hyperv'), { recursive: true });
  if (!existsSync(stockPools)) overlay(libraries, '/var/lib');
  mount('-t', 'tmpfs', 'none', stockPools);
  if (stockHere !== undefined && stockHere !== '') overlay(join(stockHere, 'libexec'), '/usr/libexec');
  // A name server that refuses at once, so that no look-up waits.
  const resolver = join(scratch, 'resolv.conf');
  writeFileSync(resolver, 'nameserver 127.0.0.1\n');
  mount('--bind', resolver, '/etc/resolv.conf');
  setUpNetwork();
}

/** @param {string} upper @param {string} folder */
function overlay(upper, folder) {
  mount('-t', 'overlay', '-o', `lowerdir=${upper}:${folder}`, 'none', folder);
}

/** @param {string[]} words */
function mount(...words) {
  execFileSync('mount', words);
}
