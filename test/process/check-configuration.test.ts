import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { daemonProgram } from '../support/daemon-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

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
