import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { parseDevdRules } from './devd-rules.ts';

const root = join(import.meta.dirname, '../..');
const packaging = join(root, 'packaging/freebsd');
const stubs = join(import.meta.dirname, 'freebsd');
const script = join(packaging, 'rc.d/hyperv_kvp');
const installs = 300_000;

/** Installs a checker that is missing, which takes root. */
function install(program: string, debianPackage: string): void {
  if (spawnSync(program, ['--version']).error === undefined) return;
  for (const words of [
    ['update', '-qq'],
    ['install', '-qq', '-y', '--no-install-recommends', debianPackage],
  ]) {
    spawnSync('apt-get', words);
  }
}

interface Rc {
  /** Runs the script with a command. */
  readonly rc: (command: string) => { readonly status: number | null; readonly stdout: string };
  /** What daemon(8) and pkill(1) were called with. */
  readonly calls: () => readonly string[];
  readonly pid: () => number | undefined;
}

/** The rc.d script with stubs in place of rc.subr(8), daemon(8) and the program, and a given rc.conf(5). */
function rcScript(configuration: string): Rc {
  const folder = temporaryFolder();
  const log = join(folder, 'log');
  writeFileSync(join(folder, 'rc.conf'), configuration);
  writeFileSync(join(folder, 'node'), '#!/bin/sh\nexec sleep 60\n');
  chmodSync(join(folder, 'node'), 0o755);
  const places = { '/etc/rc.subr': join(stubs, 'rc.subr'), '/usr/sbin/daemon': join(stubs, 'daemon') };
  const moved = Object.entries({ ...places, '/usr/local/bin/node': join(folder, 'node'), '/var/run': folder }).reduce(
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
    calls: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []),
    pid: () => (existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : undefined),
  };
}

const enabled = 'hyperv_kvp_enable="YES"\n';

describe('the rc.d script of FreeBSD', () => {
  beforeAll(() => {
    install('shellcheck', 'shellcheck');
    install('checkbashisms', 'devscripts');
  }, installs);

  it.each([
    ['sh', '-n', script],
    ['shellcheck', script],
    ['checkbashisms', script],
  ])('is found right by %s', (program, ...words) => {
    expect(spawnSync(program, words, { encoding: 'utf8' })).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });

  it('can be executed, and is named as its service', () => {
    expect(statSync(script).mode & 0o777).toBe(0o755);
    expect(readFileSync(script, 'utf8')).toContain('\n# PROVIDE: hyperv_kvp\n');
  });

  it('starts the daemon in the foreground under a supervisor, after it has ended the base system’s', () => {
    const { rc, calls, pid } = rcScript(enabled);
    expect(rc('start').status).toBe(0);
    expect(pid()).toBeGreaterThan(0);
    expect(calls()).toEqual([
      'pkill -x hv_kvp_daemon',
      expect.stringMatching(
        /^-S -l daemon -T hv_kvp_daemon -P \S+\.pid -R 5 \S+node \/usr\/local\/bin\/hv_kvp_daemon -n$/,
      ),
    ]);
  });

  it('does not start it twice, and tells whether it runs', () => {
    const { rc, calls } = rcScript(enabled);
    expect(rc('status').status).not.toBe(0);
    rc('start');
    expect(rc('start').status).not.toBe(0);
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
    const folder = temporaryFolder();
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

describe('the port of FreeBSD', () => {
  const makefile = readFileSync(join(packaging, 'port/Makefile'), 'utf8');
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    bin: Record<string, string>;
    files: string[];
  };

  it('is of the package’s name and version, and says that distinfo is made with a release', () => {
    expect(makefile).toMatch(new RegExp(`^PORTNAME=\\t${own.name}\nDISTVERSION=\\t${own.version}\n`));
    expect(makefile).toContain('distinfo is made with each release');
    expect(readdirSync(join(packaging, 'port')).sort()).toEqual(['Makefile', 'pkg-descr', 'pkg-plist']);
  });

  it('installs what it lists, out of what the package has', () => {
    const listed = readFileSync(join(packaging, 'port/pkg-plist'), 'utf8').trim().split('\n');
    const programs = Object.keys(own.bin).map((name) => `bin/${name}`);
    expect(listed).toEqual([...programs, 'etc/devd/hyperv-kvp.conf', 'etc/rc.d/hyperv_kvp']);
    expect(makefile).toContain(`.for program in ${Object.keys(own.bin).join(' ')}\n`);
    for (const path of ['packaging/freebsd/rc.d/hyperv_kvp', 'packaging/freebsd/devd/hyperv-kvp.conf']) {
      expect(makefile).toContain(`\${WRKSRC}/${path}`);
      expect(existsSync(join(root, path))).toBe(true);
    }
    expect(own.files).toContain('packaging');
  });
});
