import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { tree } from './trees.mjs';

const checkout = join(import.meta.dirname, '../../..');
const enter = join(import.meta.dirname, 'enter');
/** Far more than any step takes, so that what hangs is a failure. */
const timeoutMs = 1_200_000;
const ids = { root: 0, plain: 1000 };
const homes = { root: '/root', plain: '/home/plain' };
/** Of npm's configuration on this machine what is about this machine alone. */
const ownSettings = /^(?:nodedir|prefix|cache|globalconfig|userconfig)\s*=/;

/** @typedef {{ name: string, seconds: number, status: number | null, said: string }} Outcome */

/**
 * Plays a row on a machine of its own, which is gone afterwards. Yields what came of each step, to the first that fails.
 * @param {import('./rows.mjs').Row} row @param {string} log where all that is said goes @returns {Generator<Outcome>}
 */
export function* play(row, log) {
  const {
    release,
    node,
    user,
    folder = `${homes[user]}/hyperv-kvp`,
    environment = ':',
    preparation = ':',
    steps,
  } = row;
  const place = mkdtempSync(join(tmpdir(), 'hyperv-kvp-fresh-'));
  chmodSync(place, 0o755);
  const below = tree(release, node);
  try {
    const upper = join(place, 'upper');
    copyCheckout(join(upper, folder));
    execFileSync('chown', ['--recursive', String(ids[user]), join(upper, folder)]);
    copySettings(upper);
    writeFileSync(join(upper, 'lab/prepare'), `chown ${ids[user]} ${homes[user]}\n${preparation}\n`);
    writeFileSync(join(upper, 'lab/environment'), `export HOME=${homes[user]} ${variables()}\n${environment}\n`);
    for (const { name, command, isOffline = false } of steps) {
      const start = performance.now();
      const words = ['--mount', '--pid', '--fork', '--kill-child', ...(isOffline ? ['--net'] : [])];
      const { status, stdout } = spawnSync('unshare', [...words, 'sh', enter, below, place, user, folder, command], {
        encoding: 'utf8',
        timeout: timeoutMs,
        maxBuffer: 1 << 28,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, HYPERV_KVP_OFFLINE: isOffline ? 'yes' : '' },
      });
      const seconds = Math.round((performance.now() - start) / 1000);
      writeFileSync(log, `$ ${command}\n${stdout}status ${String(status)}, ${seconds} s\n`, { flag: 'a' });
      yield { name, seconds, status, said: stdout };
      if (status !== 0) return;
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** What git has, or would have, of it. @param {string} to */
function copyCheckout(to) {
  mkdirSync(to, { recursive: true });
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: checkout,
  });
  const present = files
    .toString()
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(checkout, file)));
  for (const file of present) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    copyFileSync(join(checkout, file), join(to, file));
  }
}

/** How this machine reaches the registry: names, certificates, npm's configuration. @param {string} upper */
function copySettings(upper) {
  const files = ['/etc/resolv.conf', '/etc/hosts', process.env['NODE_EXTRA_CA_CERTS'] ?? ''];
  for (const file of files.filter((each) => existsSync(each))) {
    mkdirSync(dirname(join(upper, file)), { recursive: true });
    copyFileSync(file, join(upper, file));
  }
  mkdirSync(join(upper, 'lab'), { recursive: true });
  const own = [
    execFileSync('npm', ['config', 'get', 'globalconfig'], { encoding: 'utf8' }).trim(),
    join(homedir(), '.npmrc'),
  ];
  const lines = own.filter((each) => existsSync(each)).flatMap((each) => readFileSync(each, 'utf8').split('\n'));
  writeFileSync(join(upper, 'lab/npmrc'), lines.filter((line) => !ownSettings.test(line)).join('\n'));
}

function variables() {
  const certificates = process.env['NODE_EXTRA_CA_CERTS'];
  const own = certificates === undefined ? '' : `NODE_EXTRA_CA_CERTS=${certificates}`;
  return `npm_config_globalconfig=/lab/npmrc npm_config_update_notifier=false ${own}`;
}
