import { run } from './program.ts';

/** Debian packages the lab runs programs of. */
export const tools = [
  ...['qemu-system-x86', 'busybox-static', 'cpio', 'gcc', 'iproute2', 'kmod', 'make', 'xz-utils'],
  ...['dbus', 'systemd'],
];

const isRoot = process.getuid?.() === 0;

/** Installs those of the packages that are missing, if the suite was called with --install; else throws an error that names them. */
export async function install(packages: readonly string[]): Promise<void> {
  const installed = await installedPackages();
  const missing = packages.filter((name) => !installed.has(name));
  if (missing.length === 0) return;
  if (process.env['HYPERV_KVP_INSTALL'] === undefined) {
    const command = `apt-get install ${missing.join(' ')}`;
    throw new Error(`missing Debian packages; as root, ${command}, or call the suite with --install`);
  }

  console.log(`installing ${missing.join(' ')}`);
  await refreshLists();
  await run('apt-get', ['install', '--yes', '--quiet', '--no-install-recommends', ...missing]);
}

async function installedPackages(): Promise<Set<string>> {
  const packages = await run('dpkg-query', ['--show', '--showformat=${db:Status-Status} ${Package}\n']);
  const lines = packages.split('\n').filter((line) => line.startsWith('installed '));
  return new Set(lines.map((line) => line.slice('installed '.length)));
}

/** Names beginning with `prefix` of the packages Debian has, by the lists on this machine. */
export async function availablePackages(prefix: string): Promise<Set<string>> {
  return new Set((await run('apt-cache', ['pkgnames', prefix])).trim().split('\n'));
}

/** Fetches Debian's package lists, if allowed to: a machine may come without any, or with old ones. */
export async function refreshLists(): Promise<void> {
  if (isRoot) await run('apt-get', ['update', '--quiet']);
}

/** Downloads a package and unpacks it into `folder`, without installing it. */
export async function unpack(name: string, folder: string): Promise<void> {
  console.log(`downloading ${name}`);
  await run('apt-get', ['download', '--quiet', '--option=APT::Sandbox::User=root', name], folder);
  await run('sh', ['-c', 'dpkg --extract ./*.deb . && rm ./*.deb'], folder);
}
