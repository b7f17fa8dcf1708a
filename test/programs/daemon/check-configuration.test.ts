import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { daemonProgram } from '../../support/daemon-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function check(text: string) {
  const file = join(temporaryFolder(), 'hyperv-kvp.toml');
  writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync(process.execPath, [daemonProgram, '--check-config', '--config', file], {
    encoding: 'utf8',
  });
  return { status, stdout: stdout.replaceAll(file, 'FILE'), stderr: stderr.replaceAll(file, 'FILE') };
}

describe('hv_kvp_daemon --check-config', () => {
  it('says that a configuration can be used', () => {
    expect(check('log_level = "notice"\n')).toEqual({ status: 0, stdout: 'FILE: ok\n', stderr: '' });
  });

  it('tells all that is wrong, with line and key, and ends with status 1', () => {
    const { status, stdout, stderr } = check('log_level = "loud"\n[pools]\nfile_mode = "rw"\ncolour = 1\n');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /FILE:1: log_level: .*\n.*FILE:3: pools\.file_mode: .*\n.*FILE:4: pools\.colour: unknown key/s,
    );
  });

  it.each([
    ['[pools]\nfile_mod = "0644"\n', 'FILE:2: pools.file_mod: unknown key; did you mean file_mode?'],
    ['[pool]\n', 'FILE:1: pool: unknown key; did you mean pools?'],
    ['[ip-injection]\n', 'FILE:1: ip-injection: unknown key; did you mean ip_injection?'],
    ['[report]\nlinklocal = false\n', 'FILE:2: report.linklocal: unknown key; did you mean link_local?'],
    ['[pools]\nlog_level = "info"\n', 'FILE:2: pools.log_level: unknown key here; it belongs before the first table'],
    ['deadline_ms = 9\n', 'FILE:1: deadline_ms: unknown key here; it belongs in [ip_injection]'],
    ['[pools]\ncolour = 1\n', 'FILE:2: pools.colour: unknown key\n'],
    ['[pools]\nfile_mode = 644\n', 'FILE:2: pools.file_mode: must be in quotes, as octal digits: "0644"'],
  ])('suggests what was meant: %j', (text, problem) => {
    const { status, stderr } = check(text);
    expect(stderr).toContain(problem);
    expect(status).toBe(1);
  });

  it.each([
    ['log_level = "loud"\n', ['error', 'warning', 'notice', 'info', 'debug']],
    ['[ip_injection]\nmode = "on"\n', ['off', 'dry-run', 'apply']],
  ])('lists the values that there are: %j', (text, values) => {
    for (const value of values) expect(check(text).stderr).toContain(`"${value}"`);
  });

  it('warns of what is legal and cannot be meant, with file, line and key, and ends with status 0', () => {
    const script = join(temporaryFolder(), 'script');
    writeFileSync(script, '');
    const { status, stdout, stderr } = check(`[privileges]
user = "nobody-of-this-name"
[ip_injection]
backend = "freebsd"
deadline_ms = 30000
script = "${script}"
interfaces = ["eth77"]
denied_interfaces = ["lo", "eth*"]
[report]
interfaces = ["bond*", "eth78"]
[report.keys]
Image = { file = "/nonexistent/image" }
`);
    expect(status).toBe(0);
    expect(stdout).toBe('FILE: valid, with warnings\n');
    const start = 'hv_kvp_daemon: warning: FILE:';
    expect(stderr.split('\n').map((line) => line.replace(/ now, but .*/, ' now'))).toEqual([
      `${start}4: ip_injection.backend: this system has no back end freebsd; it has auto, ifupdown, netplan, network-manager, networkd, dhcpcd, ifcfg, wicked, script`,
      `${start}7: ip_injection.interfaces: there is no interface eth77 now`,
      `${start}8: ip_injection.denied_interfaces: there is no interface eth* now`,
      `${start}5: ip_injection.deadline_ms: the driver answers the host itself after 30000 ms: it must be less`,
      `${start}6: ip_injection.script: ${script} is not executable`,
      `${start}10: report.interfaces: there is no interface eth78 now`,
      `${start}12: report.keys.Image: there is no /nonexistent/image now, so the host gets an empty value`,
      `${start}2: privileges.user: there is no user nobody-of-this-name; a daemon started by root continues as root`,
      '',
    ]);
  });

  it('does not warn of defaults, nor of what is there', () => {
    const { status, stdout, stderr } = check(
      '[ip_injection]\nbackend = "networkd"\ndeadline_ms = 29999\nscript = "/bin/sh"\n[privileges]\nuser = "root"\n',
    );
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'FILE: ok\n', stderr: '' });
  });

  it('tells that there is no such file', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [daemonProgram, '--check-config', '--config', '/nonexistent.toml'],
      { encoding: 'utf8' },
    );
    expect(status).toBe(1);
    expect(stderr).toContain('ENOENT');
  });
});
