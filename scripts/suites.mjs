/**
 * What shows the claims of this package, beyond `npm test`. The one list: `npm run suite`, `.ci/run`, GitHub's matrix and the table of
 * CONTRIBUTING.md come from it.
 *
 * @typedef {object} Suite
 * @property {string} name
 * @property {string} shows
 * @property {number} minutes on two processors that do nothing else, as `.ci/run` runs it, else as a whole
 * @property {readonly string[]} [ci] the options with which `.ci/run` runs it; without it, it is run by hand only
 * @property {string} [when] when to run it, if `.ci/run` does not
 * @property {boolean} [root] whether it takes root
 * @property {Readonly<Record<string, string>>} [programs] that it runs, each with the Debian package that has it
 * @property {readonly string[]} [parts] what is built for it, besides the addon and the programs
 * @property {string} [lab] the folder of a tsconfig.json by which it is compiled
 * @property {readonly [string, ...string[]]} run
 * @property {Readonly<Record<string, string>>} [environment]
 */

/** What `npm test` runs if it is there. */
export const testPrograms = {
  checkbashisms: 'devscripts',
  'clang++': 'clang',
  ip: 'iproute2',
  mandoc: 'mandoc',
  pgrep: 'procps',
  promtool: 'prometheus',
  shellcheck: 'shellcheck',
  unshare: 'util-linux',
  zsh: 'zsh',
};

const namespaces = { ip: 'iproute2', unshare: 'util-linux' };
const guest = {
  ...{ 'qemu-system-x86_64': 'qemu-system-x86', busybox: 'busybox-static', cpio: 'cpio', gcc: 'gcc', ip: 'iproute2' },
  ...{ modprobe: 'kmod', make: 'make', xz: 'xz-utils', 'dbus-daemon': 'dbus', systemctl: 'systemd' },
};
const packages = {
  ar: 'binutils',
  createrepo_c: 'createrepo-c',
  debootstrap: 'debootstrap',
  mke2fs: 'e2fsprogs',
  git: 'git',
  lintian: 'lintian',
  mksquashfs: 'squashfs-tools',
  policygentool: 'selinux-policy-dev',
  rpmbuild: 'rpm',
};

const vitest = /** @type {const} */ ([
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=./test/support/closing-line.ts',
]);

/** @type {readonly Suite[]} */
export const suites = [
  {
    name: 'fresh',
    shows:
      'both commands at the top on fresh Debian 12 and 13, for root and a plain user, with several Nodes, in odd folders; `--quick`',
    minutes: 5,
    ci: ['--quick'],
    root: true,
    programs: { ...namespaces, debootstrap: 'debootstrap' },
    parts: [],
    run: ['node', 'test/lab/fresh/run.mjs'],
  },
  {
    name: 'packed',
    shows: 'what is packed: its exports, their types and their documentation',
    minutes: 3,
    ci: [],
    programs: { 'x86_64-linux-gnu-g++': 'g++', 'aarch64-linux-gnu-g++': 'g++-aarch64-linux-gnu' },
    run: ['node', 'scripts/check-package.mjs'],
  },
  {
    name: 'install',
    shows:
      'what is packed, installed by npm with and without a compiler, and on a Node with musl; the addons for arm64, emulated; what those for FreeBSD and musl need',
    minutes: 3,
    ci: [],
    programs: {
      ...{ 'x86_64-linux-gnu-g++': 'g++', 'aarch64-linux-gnu-g++': 'g++-aarch64-linux-gnu' },
      'qemu-aarch64-static': 'qemu-user-static',
      ...namespaces,
    },
    run: [...vitest, '--config', 'test/lab/install/vitest.config.ts'],
  },
  {
    name: 'node-versions',
    shows: 'one build on Node.js 20.19, 20, 22, 24 and 26, all tests on each; `--quick`',
    minutes: 2,
    ci: ['--quick'],
    parts: ['twin'],
    run: ['node', 'test/lab/node-versions/run.mjs'],
  },
  {
    name: 'native',
    shows: 'the native code by gcc, clang and clang-tidy, and against FreeBSD’s own headers',
    minutes: 1,
    ci: [],
    programs: { 'g++': 'g++', 'clang++': 'clang', 'clang-tidy': 'clang-tidy' },
    run: ['node', 'scripts/check-native.mjs'],
  },
  {
    name: 'sanitize',
    shows:
      'the addon under AddressSanitizer, UndefinedBehaviorSanitizer, ThreadSanitizer and valgrind; `--all` runs more of the tests',
    minutes: 3,
    ci: [],
    programs: { 'g++': 'g++', valgrind: 'valgrind' },
    run: ['node', 'test/adversary/sanitize/run.mjs'],
  },
  {
    name: 'faults',
    shows:
      'what comes of devices, disks, clocks, memory and readers that fail: the host’s answer, the log, the service afterwards ([each of them](docs/faults.md))',
    minutes: 4,
    ci: [],
    root: true,
    programs: { ...namespaces, gcc: 'gcc' },
    run: [...vitest, 'test/adversary/faults'],
  },
  {
    name: 'fuzz',
    shows:
      'messages of anything, to the built daemon on both layouts: one right reply each; files, journals and texts of anything; `--messages 200000`, `--at-once 4`',
    minutes: 2,
    ci: ['--messages', '200000'],
    root: true,
    programs: namespaces,
    parts: ['twin'],
    run: ['node', 'test/adversary/fuzz/run.mjs'],
  },
  {
    name: 'fuzz-native',
    shows: 'libFuzzer on the C++',
    minutes: 1,
    ci: [],
    programs: { 'clang++': 'clang' },
    run: ['node', 'test/adversary/fuzz/native.mjs'],
  },
  {
    name: 'guest',
    shows:
      'the real Linux driver in a virtual machine, which plays the Windows host; `--stock`: how Debian’s stock daemon does there',
    minutes: 1,
    ci: [],
    programs: guest,
    lab: 'test/lab/guest',
    run: ['node', 'build/guest/test/lab/guest/run.js'],
  },
  {
    name: 'network',
    shows:
      'real network managers, and scenarios of real machines; `--scenario FILE` plays one, `--machines COUNT` made-up ones; `--guest`: those with bonds, VLANs, VRFs and udev, by Debian’s kernel in a virtual machine',
    minutes: 7,
    ci: [],
    root: true,
    programs: namespaces,
    lab: 'test/lab/network',
    run: ['node', 'build/test/lab/network/run.js'],
  },
  {
    name: 'package',
    shows:
      'the packages on fresh Debian 12 and 13, with systemd and the real driver: Debian’s, the RPM by rpm and dnf, the extension image; SELinux and AppArmor; `--quick`',
    minutes: 2,
    ci: ['--quick'],
    root: true,
    programs: { ...guest, ...packages },
    lab: 'test/lab/package',
    run: ['node', 'build/guest/test/lab/package/run.js'],
  },
  {
    name: 'distributions',
    shows:
      'packages with a Node of their own and without, installed by rpm, dnf and dpkg in a tree with stand-ins of the packages of Fedora, Red Hat and Ubuntu, replacing the stock daemon, and back; the script for OpenRC; NixOS’s module, evaluated; what a read-only system needs',
    minutes: 4,
    ci: [],
    root: true,
    programs: {
      ...namespaces,
      git: 'git',
      policygentool: 'selinux-policy-dev',
      rpmbuild: 'rpm',
      strip: 'binutils',
      dnf: 'dnf',
      createrepo_c: 'createrepo-c',
      mksquashfs: 'squashfs-tools',
      'nix-instantiate': 'nix-bin',
    },
    run: [...vitest, '--config', 'test/lab/distributions/vitest.config.ts'],
  },
  {
    name: 'freebsd',
    shows:
      'all that is shown of FreeBSD, on emulations of its driver and programs ([what was shown where](docs/freebsd.md)); 10,000 random transactions',
    minutes: 1,
    when: 'anything of FreeBSD has changed',
    programs: namespaces,
    parts: ['twin'],
    run: [...vitest, 'freebsd', ...['parity', 'contract', 'run-command'].map((name) => `test/unit/platform/${name}`)],
    environment: { HYPERV_KVP_TRANSACTIONS: '10000' },
  },
  {
    name: 'mutations',
    shows: 'each safety test fails once the code is made naive; a part of a name picks some',
    minutes: 20,
    when: 'a safety test or what it guards has changed',
    parts: ['twin'],
    run: ['node', 'test/adversary/mutations/run.mjs'],
  },
  {
    name: 'host',
    shows:
      'a host as strict as openvmm’s, over the drivers of both systems: 10,000 exchanges of texts of every length and script without a fault',
    minutes: 1,
    ci: [],
    run: [...vitest, 'test/adversary/host/strict-host.test.ts'],
    environment: { HYPERV_KVP_EXCHANGES: '10000' },
  },
  {
    name: 'kill-storm',
    shows: '1,000 kills in a storm of SETs and DELETEs: nothing answered is lost',
    minutes: 2,
    when: '`src/pools` has changed',
    run: [...vitest, 'test/adversary/pools/kill-storm.test.ts'],
    environment: { HYPERV_KVP_KILLS: '1000', HYPERV_KVP_RECORDS: '2000' },
  },
  {
    name: 'neighbours',
    shows: '60 s beside other writers, cloud-init’s own among them: no update lost',
    minutes: 1,
    when: '`src/pools` has changed',
    run: [...vitest, 'test/adversary/pools/neighbours.test.ts'],
    environment: { HYPERV_KVP_SECONDS: '60' },
  },
  {
    name: 'soak',
    shows:
      'an hour that is a day for the daemon, with neighbours, withdrawals, reloads and clients: every answer is as it must be, nothing grows; `--minutes 1`',
    minutes: 60,
    when: 'the path of a request has changed',
    programs: { gcc: 'gcc' },
    run: ['node', 'test/adversary/soak/run.mjs'],
  },
];
