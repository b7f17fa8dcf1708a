import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { hvkvpProgram } from '../../support/hvkvp-process.ts';
import { namespaces, needs } from '../../support/needs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { parseDevdRules } from '../packaging/devd-rules.ts';

const daemon = join(import.meta.dirname, '../../../dist/bin/hv_kvp_daemon');

/** FreeBSD's programs as far as they are used, which keep what they are told in a folder of the test's, or below -R. */
function lookAlikes(folder: string): Readonly<Record<string, string>> {
  const start = `cd ${folder}\necho "\${0##*/} $*" >> calls\n[ "$1" = -R ] && { cd "$2/etc" || exit 1; shift 2; }`;
  return {
    pw: `${start}
case $1 in
usershow) grep -q "^$2:" passwd ;;
useradd) echo "$2:*" >> passwd ;;
esac 2> /dev/null`,
    sysrc: `${start}
case $1 in
-in) sed -n "s/^$2=//p" rc.conf ;;
-x) sed -i "/^$2=/d" rc.conf ;;
*) echo "$1" >> rc.conf ;;
esac 2> /dev/null`,
    service: `${start}
case $* in
'hyperv_kvp onestatus') [ -e running ] ;;
'hyperv_kvp start') touch running ;;
'hyperv_kvp onestop') rm running ;;
esac`,
  };
}

/** A system whose /usr/local/etc is a folder of the test's, and the command on it. */
function freebsd() {
  const folder = temporaryFolder('/tmp');
  const [programs, local, image] = ['programs', 'local', 'image'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]; // of the three names
  for (const path of [programs, local, join(image, 'etc')]) mkdirSync(path, { recursive: true });
  const replace = (name: string, script: string): void => {
    writeFileSync(join(programs, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  };
  for (const [name, script] of Object.entries(lookAlikes(folder))) replace(name, script);
  const mounts = `mount -t overlay -o lowerdir=${programs}:/usr/sbin overlay /usr/sbin && mount --bind ${local} /usr/local/etc`;
  const setUp = (...words: readonly string[]) => {
    const command = [process.execPath, hvkvpProgram, 'freebsd-setup', '--platform', 'freebsd', ...words];
    const { status, stdout, stderr } = spawnSync(
      'unshare',
      ['--mount', 'sh', '-c', `${mounts} && exec "$@"`, 'sh', ...command],
      { encoding: 'utf8' },
    );
    return { status, lines: stdout.split('\n').slice(0, -1), stderr };
  };
  const questions = /usershow|-in|onestatus/;
  return {
    setUp,
    replace,
    image,
    script: join(local, 'rc.d/hyperv_kvp'),
    rules: join(local, 'devd/hyperv-kvp.conf'),
    state: (name: string) => join(folder, name),
    /** What was told to do something since the last call. */
    calls: () => {
      const path = join(folder, 'calls');
      const calls = existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];
      writeFileSync(path, '');
      return calls.filter((call) => !questions.test(call));
    },
  };
}

const useradd = "useradd hyperv-kvp -c 'Hyper-V KVP daemon' -d /nonexistent -s /usr/sbin/nologin";

describe('hvkvp freebsd-setup', () => {
  beforeEach(() => {
    needs(namespaces);
  });

  it('installs script, rules and user, and starts the service, once', () => {
    const { setUp, calls, script, rules } = freebsd();
    const done = [`pw ${useradd}`, 'sysrc hyperv_kvp_enable=YES', 'service devd restart', 'service hyperv_kvp start'];
    const lines = ['write /usr/local/etc/rc.d/hyperv_kvp', 'write /usr/local/etc/devd/hyperv-kvp.conf', ...done];
    expect(setUp('--dry-run')).toEqual({ status: 0, lines, stderr: '' });
    expect(existsSync(script)).toBe(false);
    expect(calls()).toEqual([]);
    expect(setUp()).toEqual({ status: 0, lines, stderr: '' });
    expect(calls()).toEqual(done.map((line) => line.replaceAll("'", '')));
    expect(statSync(script).mode & 0o777).toBe(0o755);
    expect(readFileSync(script, 'utf8')).toContain(`\nprogram="${daemon}"\n`);
    expect(readFileSync(script, 'utf8')).not.toContain('%%');
    expect(spawnSync('sh', ['-n', script]).status).toBe(0);
    expect(parseDevdRules(readFileSync(rules, 'utf8'))).toHaveLength(2);
    expect(setUp()).toEqual({ status: 0, lines: [], stderr: '' });
    expect(calls()).toEqual([]);
  });

  it('takes back what it has installed, and leaves the user, whose files stay', () => {
    const { setUp, calls, script, rules, state } = freebsd();
    setUp();
    calls();
    const { status, lines } = setUp('--remove');
    expect(status).toBe(0);
    expect(lines).toEqual([
      'service hyperv_kvp onestop',
      'rm /usr/local/etc/rc.d/hyperv_kvp',
      'rm /usr/local/etc/devd/hyperv-kvp.conf',
      'sysrc -x hyperv_kvp_enable',
      'service devd restart',
    ]);
    expect(calls()).toEqual(lines.filter((line) => !line.startsWith('rm ')));
    expect([script, rules].filter((path) => existsSync(path))).toEqual([]);
    expect(readFileSync(state('passwd'), 'utf8')).toContain('hyperv-kvp:');
    expect(setUp('--remove')).toEqual({ status: 0, lines: [], stderr: '' });
  });

  it('puts a new version in the place of its own, and starts the service anew', () => {
    const { setUp, calls, script } = freebsd();
    setUp();
    calls();
    const current = readFileSync(script, 'utf8');
    const older = `# An older one\n${current.slice(0, current.lastIndexOf('\n#') + 1)}`;
    const words = current.slice(current.lastIndexOf('\n#') + 1, current.lastIndexOf(' ') + 1);
    writeFileSync(script, `${older}${words}${createHash('sha256').update(older).digest('hex')}\n`);
    expect(setUp().lines).toEqual(['write /usr/local/etc/rc.d/hyperv_kvp', 'service hyperv_kvp restart']);
    expect(readFileSync(script, 'utf8')).toBe(current);
  });

  it('neither overwrites nor removes what somebody has changed', () => {
    const { setUp, calls, script, rules } = freebsd();
    setUp();
    calls();
    appendFileSync(script, '# mine\n');
    const mine = readFileSync(script, 'utf8');
    const refused = setUp();
    expect(refused).toMatchObject({ status: 2, lines: [] });
    expect(refused.stderr).toContain('/usr/local/etc/rc.d/hyperv_kvp was not written by this command');
    expect(calls()).toEqual([]);
    const removed = setUp('--remove');
    expect(removed).toMatchObject({
      status: 1,
      lines: ['rm /usr/local/etc/devd/hyperv-kvp.conf', 'service devd restart'],
    });
    expect(removed.stderr).toContain('/usr/local/etc/rc.d/hyperv_kvp is kept');
    expect(readFileSync(script, 'utf8')).toBe(mine);
    expect(existsSync(rules)).toBe(false);
  });

  it('installs into another root, where nothing is started', () => {
    const { setUp, calls, image, script } = freebsd();
    const { status, lines } = setUp('--root', image, '--json');
    expect(status).toBe(0);
    const changes = [`pw -R ${image} ${useradd}`, `sysrc -R ${image} hyperv_kvp_enable=YES`];
    const files = ['write /usr/local/etc/rc.d/hyperv_kvp', 'write /usr/local/etc/devd/hyperv-kvp.conf'];
    expect(JSON.parse(lines.join(''))).toEqual({ dry_run: false, steps: [...files, ...changes], kept: [] });
    expect(calls()).toEqual(changes.map((line) => line.replaceAll("'", '')));
    expect(existsSync(script)).toBe(false);
    expect(existsSync(join(image, 'usr/local/etc/rc.d/hyperv_kvp'))).toBe(true);
    expect(setUp('--root', image).lines).toEqual([]);
    expect(setUp('--root', image, '--remove').lines).toEqual([
      'rm /usr/local/etc/rc.d/hyperv_kvp',
      'rm /usr/local/etc/devd/hyperv-kvp.conf',
      `sysrc -R ${image} -x hyperv_kvp_enable`,
    ]);
    expect(setUp('--root', join(image, 'none'))).toMatchObject({ status: 2, lines: [] });
  });

  it('leaves a service off that somebody has switched off', () => {
    const { setUp, calls, state } = freebsd();
    writeFileSync(state('rc.conf'), 'hyperv_kvp_enable=NO\n');
    expect(setUp().status).toBe(0);
    expect(calls().join('\n')).not.toMatch(/sysrc|hyperv_kvp/);
  });

  it('ends where a program of the system fails, with its words', () => {
    const { setUp, replace } = freebsd();
    replace('pw', '[ "$1" = useradd ] || exit 1\necho "pw: no space" >&2\nexit 74');
    expect(setUp()).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/useradd .*: pw: no space\n$/) as string,
    });
  });

  it('is for FreeBSD only', () => {
    const { setUp } = freebsd();
    expect(setUp('--platform', 'linux')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('not FreeBSD') as string,
    });
  });
});
