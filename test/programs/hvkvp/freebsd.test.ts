import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hvkvp as running } from '../../support/hvkvp-process.ts';
import { needs } from '../../support/needs.ts';
import { servedHost } from '../../support/served-host.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const program = join(import.meta.dirname, '../../../dist/bin/hvkvp.js');

function hvkvp(...words: readonly string[]) {
  return spawnSync(process.execPath, [program, ...words, '--platform', 'freebsd'], { encoding: 'utf8' });
}

describe('hvkvp with --platform freebsd', () => {
  it('reads and writes pools as on FreeBSD, whose driver carries less', () => {
    const folder = temporaryFolder();
    const places = ['--pool-dir', join(folder, 'pools'), '--state-dir', join(folder, 'state')];
    mkdirSync(join(folder, 'pools'));
    expect(hvkvp('set', 'Owner', 'Grace 😀', ...places).stderr).toContain('no character beyond U+FFFF');
    expect(hvkvp('list', ...places).stdout).toContain('Owner');
  });

  it('asks a daemon that was started so, for its status and for what it tells the host', async () => {
    const folder = temporaryFolder();
    const words = ['--config', join(folder, 'configuration')];
    writeFileSync(join(folder, 'configuration'), `[control]\nsocket = "${join(folder, 'control')}"\n`);
    const { host, daemon, pools } = await servedHost('freebsd', words);
    await daemon.living(host.set(0, 'Owner', 'Grace'));
    const ask = async (...command: string[]): Promise<unknown> => {
      const { status, stdout, stderr } = await running([...command, '--platform', 'freebsd', '--json', ...words]);
      expect([status, stderr]).toEqual([0, '']);
      return JSON.parse(stdout) as unknown;
    };
    expect(await ask('status')).toMatchObject({
      pid: daemon.pid,
      device: { state: 'registered', integrationServices: '' },
      pools: expect.arrayContaining([expect.objectContaining({ name: 'external', records: 1 })]) as unknown,
    });
    expect(await ask('list', 'external', '--pool-dir', pools)).toMatchObject([{ key: 'Owner', value: 'Grace' }]);
    expect(await ask('list', 'auto', '--pool-dir', pools)).toMatchObject((await host.enumerate(2)).records);
  });

  it('looks for the daemon where FreeBSD has it', () => {
    // On Linux it is the same folder.
    needs({ isMet: () => !existsSync('/var/run/hyperv-kvp'), otherwise: 'a daemon of this machine listens there' });
    expect(hvkvp('status')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('/var/run/hyperv-kvp/control') as string,
    });
  });

  it('has the doctor look where FreeBSD has things, and ask its programs', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'configuration'), '');
    const { stdout, status } = hvkvp('doctor', '--json', '--config', join(folder, 'configuration'));
    expect(stdout).toContain('kldload hv_utils');
    expect(stdout).toContain('/var/db/hyperv/pool');
    expect(status).toBe(1);
  });
});
