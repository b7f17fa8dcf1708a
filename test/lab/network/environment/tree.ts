import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { refreshLists } from '../../guest/machine/packages.ts';
import { run } from '../../guest/machine/program.ts';

/** Debian packages that the guest consists of, beside those that they need. */
export const packages = [
  ...['base-files', 'base-passwd', 'bash', 'coreutils', 'dash', 'debianutils', 'findutils', 'grep', 'hostname', 'sed'],
  ...[
    'libc-bin',
    'libstdc++6',
    'login',
    'mount',
    'procps',
    'util-linux',
    'iproute2',
    'dbus',
    'systemd',
    'dnsmasq-base',
  ],
  ...['network-manager', 'netplan.io', 'ifupdown', 'isc-dhcp-client', 'openresolv'],
];

/** Counts the ways in which trees were made, so that a tree made in an older way is not used. */
const version = 2;

/** Where trees are kept between runs; `HYPERV_KVP_NETWORK_LAB` puts them elsewhere. */
export const cacheFolder =
  process.env['HYPERV_KVP_NETWORK_LAB'] ??
  join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'hyperv-kvp/network-lab');

/**
 * A folder with a Debian of this machine's release that has every network manager, unpacked and not installed on the machine.
 * It gets its name only when complete: a run cut short leaves nothing half-made.
 */
export async function debianTree(): Promise<string> {
  const folder = join(cacheFolder, `debian-${version}`);
  if (existsSync(folder)) return folder;

  const partial = `${folder}.${process.pid}.partial`;
  try {
    console.log('downloading Debian packages');
    const archives = join(partial, 'archives');
    await download(archives);
    console.log('unpacking them');
    await unpack(archives, join(partial, 'tree'));
    await rename(join(partial, 'tree'), folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}

async function download(folder: string): Promise<void> {
  await mkdir(join(folder, 'partial'), { recursive: true });
  await refreshLists();
  const options = [
    // Nothing counts as installed, so that everything is fetched.
    'Dir::State::status=/dev/null',
    `Dir::Cache::archives=${folder}`,
    'Debug::NoLocking=1',
    'APT::Sandbox::User=root',
  ].flatMap((option) => ['--option', option]);
  const action = ['--yes', '--quiet', '--no-install-recommends', '--download-only', 'install'];
  await run('apt-get', [...options, ...action, ...packages]);
}

/** What the packages' scripts would do that matters here comes last: users, the linker's cache, and Python compiled for speed. */
export async function unpack(archives: string, tree: string): Promise<void> {
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    await mkdir(join(tree, 'usr', name), { recursive: true });
    await symlink(`usr/${name}`, join(tree, name));
  }
  await mkdir(join(tree, 'var'));
  await symlink('/run', join(tree, 'var/run'));
  await symlink('/run/lock', join(tree, 'var/lock'));
  for (const name of await readdir(archives)) {
    if (!name.endsWith('.deb')) continue;
    const extract = 'dpkg-deb --fsys-tarfile "$0" | tar --extract --preserve-permissions --keep-directory-symlink';
    await run('sh', ['-c', extract, join(archives, name)], tree);
  }
  await mkdir(join(tree, 'usr/local/bin'), { recursive: true });
  await run('chroot', [tree, '/usr/bin/systemd-sysusers']);
  await run('chroot', [tree, '/usr/sbin/ldconfig']);
  await run('chroot', [tree, 'sh', '-c', 'python3 -m compileall -q /usr/lib/python3 /usr/lib/python3.*']);
}
