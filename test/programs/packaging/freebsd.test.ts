import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { cpSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { parseDevdRules } from './devd-rules.ts';
import { needs, program } from '../../support/needs.ts';

const root = join(import.meta.dirname, '../../..');
const packaging = join(root, 'packaging/freebsd');
const stubs = join(import.meta.dirname, 'freebsd');
const script = join(packaging, 'port/files/hyperv_kvp.in');

interface Rc {
  /** Runs the script with a command. */
  readonly rc: (command: string) => Pick<SpawnSyncReturns<string>, 'status' | 'stdout' | 'stderr'>;
  /** What daemon(8) and pkill(1) were called with. */
  readonly calls: () => readonly string[];
  readonly pid: () => number | undefined;
  /** Where the program is. */
  readonly folder: string;
}

/** The rc.d script with stubs in place of rc.subr(8), daemon(8) and the program, and a given rc.conf(5). */
function rcScript(configuration: string, daemon = 'exec sleep 60'): Rc {
  // rc.d scripts take their paths for words: no space may be in them.
  const folder = temporaryFolder('/tmp');
  const programs = join(folder, 'stubs');
  cpSync(stubs, programs, { recursive: true });
  const log = join(folder, 'log');
  writeFileSync(join(folder, 'rc.conf'), configuration);
  writeFileSync(join(folder, 'daemon'), `#!/bin/sh\n${daemon}\n`, { mode: 0o755 });
  const places = { '/etc/rc.subr': join(programs, 'rc.subr'), '/usr/sbin/daemon': join(programs, 'daemon') };
  const moved = Object.entries({
    ...places,
    '%%PREFIX%%/bin/hv_kvp_daemon': join(folder, 'daemon'),
    '/var/run': folder,
  }).reduce(
    (text, [place, own]) => {
      if (!text.includes(place)) throw new Error(`${place} is not in the script`);
      return text.replaceAll(place, own);
    },
    readFileSync(script, 'utf8'),
  );
  writeFileSync(join(folder, 'hyperv_kvp'), moved);
  const rc = (command: string) =>
    spawnSync('sh', [join(folder, 'hyperv_kvp'), command], {
      encoding: 'utf8',
      // The folder of stubs comes first: the real pkill(1) is not to be run here.
      env: { PATH: `${stubs}:/usr/bin:/bin`, RC_CONF: join(folder, 'rc.conf'), LOG: log },
    });
  onTestFinished(() => {
    rc('onestop');
  });
  const pidFile = join(folder, 'hyperv_kvp.pid');
  return {
    rc,
    folder,
    calls: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []),
    pid: () => (existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : undefined),
  };
}

const enabled = 'hyperv_kvp_enable="YES"\n';

describe('the rc.d script of FreeBSD', () => {
  it.each([
    ['sh', '-n', script],
    ['shellcheck', script],
    ['checkbashisms', script],
  ])('is found right by %s', (checker, ...words) => {
    needs(program(checker));
    expect(spawnSync(checker, words, { encoding: 'utf8' })).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });

  it('can be executed, and is named as its service', () => {
    // Of its group and of others it has what the umask of the checkout left.
    expect(statSync(script).mode & 0o700).toBe(0o700);
    expect(readFileSync(script, 'utf8')).toContain('\n# PROVIDE: hyperv_kvp\n');
  });

  it('starts the daemon in the foreground under a supervisor, after it has ended the base system’s', () => {
    const { rc, calls, pid } = rcScript(enabled);
    expect(rc('start').status).toBe(0);
    expect(pid()).toBeGreaterThan(0);
    expect(calls()).toEqual([
      'pkill -x hv_kvp_daemon',
      expect.stringMatching(/^-S -l daemon -T hv_kvp_daemon -P \S+\.pid -R 5 \S+\/daemon -n$/),
    ]);
  });

  it('does not start it twice, as rc would after devd, which is no error, and tells whether it runs', () => {
    const { rc, calls } = rcScript(enabled);
    expect(rc('status').status).not.toBe(0);
    rc('start');
    for (const command of ['start', 'faststart', 'quietstart']) {
      expect(rc(command)).toMatchObject({ status: 0, stderr: '' });
    }
    expect(calls().filter((call) => call.startsWith('-S'))).toHaveLength(1);
    expect(rc('status')).toMatchObject({ status: 0, stdout: expect.stringContaining('is running') as string });
  });

  it('stops what it started, and restarts it', () => {
    const { rc, pid } = rcScript(enabled);
    rc('start');
    const first = pid();
    expect(rc('restart').status).toBe(0);
    expect(pid()).not.toBe(first);
    expect(rc('stop').status).toBe(0);
    expect(rc('status').status).not.toBe(0);
    expect(pid()).toBeUndefined();
  });

  it('has stopped it only when the program has ended, which its supervisor does not wait for', () => {
    needs(program('pgrep'));
    const last = 'trap "sleep 1; rm started; exit 0" TERM\necho $$ > started\nwhile :; do sleep 0.02; done';
    const { rc, folder } = rcScript(enabled, `cd "$(dirname "$0")"\n${last}`);
    rc('start');
    const started = join(folder, 'started');
    while (!existsSync(started)) spawnSync('sleep', ['0.02']);
    expect(rc('stop').status).toBe(0);
    expect(existsSync(started)).toBe(false);
  });

  it.each(['', 'hyperv_kvp_enable="NO"\n'])(
    'starts nothing, nor ends anything, with "%s" in rc.conf',
    (configuration) => {
      const { rc, calls } = rcScript(configuration);
      expect(rc('start').status).toBe(0);
      expect(calls()).toEqual([]);
      expect(rc('enabled').status).not.toBe(0);
      expect(rc('rcvar').stdout).toBe('hyperv_kvp_enable=NO\n');
      expect(rc('onestart').status).toBe(0);
      expect(calls()).toHaveLength(2);
    },
  );

  it('hands on options to the daemon, and flags to its supervisor', () => {
    const { rc, calls } = rcScript(`${enabled}hyperv_kvp_args="--debug --config /tmp/x"\nhyperv_kvp_flags="-f"\n`);
    rc('start');
    expect(calls()[1]).toMatch(/^-f -S .* -n --debug --config \/tmp\/x$/);
    expect(rc('enabled').status).toBe(0);
  });
});

describe('the devd rules of FreeBSD', () => {
  const rules = parseDevdRules(readFileSync(join(packaging, 'devd/hyperv-kvp.conf'), 'utf8'));
  const event = { system: 'DEVFS', subsystem: 'CDEV', cdev: 'hv_kvp_dev' };
  const basePriority = 10;

  it('come before the base system’s, at both of its events', () => {
    expect(rules.map(({ matches }) => matches)).toEqual([
      { ...event, type: 'CREATE' },
      { ...event, type: 'DESTROY' },
    ]);
    for (const { priority } of rules) expect(priority).toBeGreaterThan(basePriority);
  });

  it.each([
    ['CREATE', 0, ['service hyperv_kvp quietstart']],
    ['CREATE', 1, ['/usr/sbin/hv_kvp_daemon']],
    ['DESTROY', 0, ['service hyperv_kvp quietstop', 'pkill -x hv_kvp_daemon']],
  ])('do at %s, where the service is enabled with status %d: %s', (type, status, expected) => {
    const folder = temporaryFolder('/tmp');
    const action = rules.find(({ matches }) => matches['type'] === type)?.action ?? '';
    for (const name of ['service', 'pkill', 'hv_kvp_daemon']) {
      const words = name === 'hv_kvp_daemon' ? '/usr/sbin/hv_kvp_daemon' : `${name} $*`;
      const text = `#!/bin/sh\n[ "$2" = enabled ] && exit ${status}\necho "${words}"\n`;
      writeFileSync(join(folder, name), text, { mode: 0o755 });
    }
    const own = action.replace('/usr/sbin/hv_kvp_daemon', join(folder, 'hv_kvp_daemon'));
    const { stdout } = spawnSync('/bin/sh', ['-c', own], {
      encoding: 'utf8',
      env: { PATH: `${folder}:/usr/bin:/bin` },
    });
    expect(stdout.trim().split('\n')).toEqual(expected);
  });

  it.each([
    'notify { action "x"; };',
    'notify 1 { action "x" };',
    'notify 1 { match "a"; action "x"; };',
    'notify 1 { action "x"; }',
    'notify 1 { action x; };',
    'notify 1 { action "x; };',
  ])('would not be taken for rules as %s', (text) => {
    expect(() => parseDevdRules(text)).toThrow();
  });
});
