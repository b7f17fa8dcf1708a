import { cached } from '../../guest/machine/cache.ts';
import { run } from '../../guest/machine/program.ts';

/** A release of Debian, and how this package is installed on it. */
export interface Release {
  readonly name: string;
  readonly codename: string;
  /** Whether its own Node is too old for us, so that the package has to bring one. */
  readonly needsStandalone: boolean;
  /** Whether its guests are booted only when they are asked for, since it changes every day. */
  readonly isByRequest?: boolean;
}

export const releases: readonly Release[] = [
  { name: 'Debian 12', codename: 'bookworm', needsStandalone: true },
  { name: 'Debian 13', codename: 'trixie', needsStandalone: false },
  { name: 'Debian sid', codename: 'sid', needsStandalone: false, isByRequest: true },
];

/** Counts the ways in which trees were made, so that a tree made in an older way is not used. */
const version = 3;

/** What a small installation has beyond Debian's essential packages. */
const included = ['dbus', 'iproute2', 'kmod', 'libpam-systemd', 'procps', 'systemd-sysv', 'udev'];

/** What is installed in some guests only, and fetched once for all of them. */
const fetched = [
  ...['hyperv-daemons', 'libstdc++6', 'ifupdown'],
  ...['selinux-policy-default', 'policycoreutils', 'selinux-utils', 'apparmor'],
];

/** And of the newer release. */
const fetchedOfNewer = ['nodejs', 'rpm', 'dnf', 'network-manager', 'netplan.io'];

/**
 * A folder with a fresh installation of the release. Packages that guests get in addition wait in its cache, so that apt has
 * no need of the network.
 */
export function debianTree(release: Release): Promise<string> {
  return cached(`${release.codename}-${version}`, async (folder) => {
    console.log(`installing ${release.name}`);
    // What it mounts in there is gone with the namespace.
    await run('unshare', [
      ...['--mount', '--pid', '--fork', 'debootstrap', '--variant=minbase', `--include=${included.join(',')}`],
      ...[release.codename, folder],
    ]);
    const packages = release.needsStandalone ? fetched : [...fetched, ...fetchedOfNewer];
    await run('chroot', [
      ...[folder, 'apt-get', 'install', '--yes', '--quiet', '--download-only', '--no-install-recommends'],
      ...packages,
    ]);
  });
}
