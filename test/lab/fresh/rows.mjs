/**
 * What is done on a machine, in a shell.
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {string} command
 * @property {boolean} [isOffline] whether it has no network but the loopback
 *
 * @typedef {object} Row
 * @property {string} name
 * @property {'bookworm' | 'trixie'} release of Debian: 12 or 13
 * @property {string} node of Debian ("debian"), or a version from npm's packages that hold a Node
 * @property {'root' | 'plain'} user
 * @property {string} [folder] where the checkout is, instead of a folder in the user's home
 * @property {string} [environment] shell, before the steps
 * @property {string} [preparation] shell, run by root
 * @property {readonly Step[]} steps
 * @property {boolean} [isQuick] whether it belongs to the short form
 */

/** @type {Step} */
const demo = { name: 'demo', command: 'npm run demo' };
/** In 5 s of a processor for each of its processes: nothing is built again. @type {Step} */
const again = { name: 'again', command: 'ulimit -t 5; npm run demo' };
/** @type {Step} */
const tests = { name: 'tests', command: 'npm test' };
/** @type {Step} */
const units = { name: 'tests', command: 'npm test -- test/unit' };
/** Those to which the surroundings matter. @type {Step} */
const some = { name: 'tests', command: 'npm test -- test/programs test/pages' };

const short = [demo, some];
const whole = [demo, again, tests];
const trixie = /** @type {const} */ ({ release: 'trixie', node: 'debian', user: 'plain' });

/** @type {readonly Row[]} */
export const rows = [
  { ...trixie, name: 'Debian 13, plain user, units', steps: [demo, again, units], isQuick: true },
  { ...trixie, name: 'Debian 13, plain user', steps: whole },
  { ...trixie, name: 'Debian 13, root', user: 'root', steps: whole },
  ...['20.19.0', '22', '24'].flatMap((node) =>
    /** @type {const} */ (['plain', 'root']).map((user) => ({
      ...{ name: `Debian 12, Node ${node}, ${user}`, release: /** @type {const} */ ('bookworm'), node, user },
      steps: whole,
    })),
  ),
  {
    ...trixie,
    name: 'a folder with spaces and letters of all kinds',
    folder: '/home/plain/Ünser Ordner/kvp',
    steps: short,
  },
  {
    ...trixie,
    name: 'a temporary folder with a space',
    preparation: 'mkdir -m 1777 "/tmp/a b"',
    environment: 'export TMPDIR="/tmp/a b"',
    steps: short,
  },
  {
    ...trixie,
    name: 'umask 077',
    user: 'root',
    preparation: 'chmod -R go= /root/hyperv-kvp',
    environment: 'umask 077',
    steps: short,
  },
  {
    ...trixie,
    name: 'a clone below a folder of 0700',
    user: 'root',
    folder: '/root/private/kvp',
    preparation: 'chmod 700 /root',
    steps: short,
  },
  {
    ...trixie,
    name: 'a locale that is not installed',
    environment: 'export LANG=de_DE.UTF-8 LC_ALL=de_DE.UTF-8',
    steps: short,
  },
  {
    ...trixie,
    name: 'a home that cannot be written',
    folder: '/srv/kvp',
    preparation: 'chown root /home/plain; chmod 755 /home/plain',
    environment: 'export npm_config_cache=/tmp/npm',
    steps: short,
  },
  {
    ...trixie,
    name: 'no network, once the dependencies are there',
    steps: [
      { name: 'packages', command: 'npm ci --ignore-scripts --no-audit --no-fund' },
      ...[demo, some].map((step) => ({ ...step, isOffline: true })),
    ],
  },
  ...[
    { what: 'make', preparation: 'rm /usr/bin/make', says: 'make missing; install with:' },
    { what: 'Python', preparation: 'rm /usr/bin/python3*', says: 'Python 3 missing; install with:' },
    { what: 'compiler', preparation: 'rm /usr/bin/*g++*', says: 'a C++17 compiler missing; install with:' },
  ].map(({ what, preparation, says }) => ({
    ...trixie,
    ...{ name: `no ${what}`, preparation, steps: [fails('npm run demo', says), fails('npm test', says)] },
  })),
  {
    ...trixie,
    name: 'packages, without what other systems need',
    environment: 'export SOURCE_DATE_EPOCH=1',
    steps: [
      {
        name: 'npm pack',
        command:
          // Of which npm 9 shows nothing by itself.
          "npm pack --foreground-scripts > /tmp/said 2>&1; status=$?; cat /tmp/said; grep -q 'skipped: linux-arm64' /tmp/said && exit $status",
      },
      { name: 'deb', command: 'npm run package -- deb' },
      fails('npm run package -- rpm', 'rpmbuild missing; install with:'),
      fails('npm run package -- deb --architecture arm64', 'aarch64-linux-gnu-strip missing; install with:'),
    ],
  },
  {
    ...trixie,
    name: 'no headers and no network',
    preparation: 'rm -r /usr/include/node*',
    steps: [
      { name: 'packages', command: 'npm ci --ignore-scripts --no-audit --no-fund' },
      { ...fails('npm run demo', 'gyp ERR!'), isOffline: true },
    ],
  },
  {
    name: 'a Node that is too old',
    release: 'bookworm',
    node: '18',
    user: 'plain',
    steps: ['npm run demo', 'npm test', 'npm run build'].map((command) =>
      fails(command, 'is too old: hyperv-kvp needs'),
    ),
  },
];

/** Of a command that cannot succeed. @param {string} command @param {string} says @returns {Step} */
function fails(command, says) {
  return {
    name: command,
    command: `if ${command} > /tmp/said 2>&1; then exit 1; fi; cat /tmp/said; grep -qF '${says}' /tmp/said`,
  };
}
