import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { poolPaths } from '../../../src/pools/pools.ts';
import { record, records } from '../../unit/pools/support/open-pool.ts';
import { eventually } from '../../support/eventually.ts';
import { DaemonProcess } from '../../support/daemon-process.ts';
import { type Ended, hvkvp, hvkvpProgram } from '../../support/hvkvp.ts';
import { needs, root } from '../../support/needs.ts';
import { servedHost } from '../../support/served-host.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { controlC, controlD, Terminal } from '../../support/terminal.ts';

/** Pools with all that they may leave behind, and a configuration that names them. */
function usedMachine(controlSocket = '') {
  const folder = temporaryFolder();
  const state = join(folder, '.hyperv-kvp');
  const configuration = join(folder, 'hyperv-kvp.toml');
  writeFileSync(configuration, `device = "${join(folder, 'no-device')}"\n[control]\nsocket = "${controlSocket}"\n`);
  const places = ['--config', configuration, '--pool-dir', folder];
  const run = (...words: readonly string[]): Ended => hvkvp([...words, ...places]);
  for (const pool of [0, 1, 2, 3]) {
    writeFileSync(
      join(folder, `.kvp_pool_${pool}`),
      Buffer.concat([records(2), Buffer.from(pool === 1 ? 'half' : '')]),
    );
  }
  run('set', 'secret', '1');
  writeFileSync(join(state, 'ip-injection.json'), '{}');
  return { folder, state, run, words: places };
}

describe('hvkvp deprovision', () => {
  it('empties all pools in their places and removes what else there is of them', () => {
    const { folder, state, run } = usedMachine();
    const { journalPath, tailPath } = poolPaths({ directory: folder, stateDirectory: state }, 1);
    const left = ['ip-injection.json', basename(journalPath), `${basename(tailPath)}-1`];
    expect(readdirSync(state).sort()).toEqual(left);
    const { ino } = statSync(join(folder, '.kvp_pool_0'));
    expect(run('deprovision', '--yes')).toMatchObject({ status: 0, stderr: '' });
    expect([0, 1, 2, 3].map((pool) => readFileSync(join(folder, `.kvp_pool_${pool}`)).length)).toEqual([0, 0, 0, 0]);
    expect(statSync(join(folder, '.kvp_pool_0')).ino).toBe(ino);
    expect(readdirSync(state)).toEqual([]);
    expect(run('deprovision', '--yes', '--json').stdout).toBe(
      '{"dry_run":false,"pools":[],"files":[],"restored":[]}\n',
    );
  });

  it('removes what changes of addresses that were cut off or put aside have left, secrets among it', () => {
    const { state, run } = usedMachine();
    const names = ['ip-injection.json', 'ip-injection-originals.json', 'ip-injection-counts.json'];
    const left = names.flatMap((name) => [`.${name}.hyperv-kvp`, `${name}.unreadable`]);
    for (const name of left) writeFileSync(join(state, name), 'secret');
    writeFileSync(join(state, 'of-somebody-else'), '');
    const { stdout } = run('deprovision', '--dry-run');
    for (const name of left) expect(stdout).toContain(`remove ${join(state, name)}\n`);
    expect(run('deprovision', '--yes')).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(state)).toEqual(['of-somebody-else']);
  });

  it('is not kept from its work by a process of any user that has the name of the daemon', async () => {
    needs(root);
    const { folder, run } = usedMachine();
    const place = temporaryFolder();
    chmodSync(place, 0o755);
    const program = join(place, 'hv_kvp_daemon');
    writeFileSync(program, '#!/bin/sh\nread line\n');
    chmodSync(program, 0o755);
    const named = async (uid: number): Promise<ChildProcess> => {
      const words = ['--pool-dir', folder];
      const started = spawn(program, words, { uid, gid: uid, stdio: ['pipe', 'ignore', 'ignore'] });
      onTestFinished(() => {
        started.kill('SIGKILL');
      });
      const name = `/proc/${String(started.pid)}/comm`;
      await eventually(() => readFileSync(name, 'utf8') === 'hv_kvp_daemon\n');
      return started;
    };
    await named(61_999);
    expect(run('deprovision', '--yes')).toMatchObject({ status: 0, stderr: '' });
    const { pid } = await named(0);
    expect(run('deprovision', '--yes').stderr).toContain(`process ${String(pid)} (hv_kvp_daemon) is running`);
  });

  it('only says what it would do with --dry-run, or if nobody can be asked', () => {
    const { folder, state, run } = usedMachine();
    const { stdout } = run('deprovision', '--dry-run');
    expect(stdout).toContain('empty pool guest: 3 records\n');
    expect(stdout).toContain(`remove ${poolPaths({ directory: folder, stateDirectory: state }, 1).tailPath}-1\n`);
    expect(run('deprovision')).toMatchObject({
      status: 2,
      stderr: 'hvkvp deprovision: not a terminal; pass --yes\n',
    });
    expect(readFileSync(join(folder, '.kvp_pool_0'))).toEqual(
      Buffer.concat([record('key0', 'value0'), record('key1', 'value1')]),
    );
    expect(readdirSync(state)).toHaveLength(3);
  });

  it.each([
    ['y', 'y\n', true],
    ['YES', ' YES \n', true],
    ['n', 'n\n', false],
    ['yesterday', 'yesterday\n', false],
    ['nothing', '\n', false],
    ['the end', controlD, false],
    ['Ctrl-C', controlC, false],
  ])('asks at a terminal, and takes %s for an answer', async (_, keys, agreed) => {
    const { folder, words } = usedMachine();
    const terminal = new Terminal([process.execPath, hvkvpProgram, 'deprovision', ...words]);
    await terminal.shows('This cannot be undone. Continue? [y/N] ');
    expect(terminal.shown).toContain('empty pool guest: 3 records\n');
    terminal.type(keys);
    expect(await terminal.ended(), terminal.shown).toBe(agreed ? 0 : 2);
    expect(terminal.shown.includes('hvkvp deprovision: nothing changed\n')).toBe(!agreed);
    expect(readFileSync(join(folder, '.kvp_pool_1')).length === 0).toBe(agreed);
  });

  it('finds a daemon that has another device and no control socket, by its name', async () => {
    const { folder, state, run } = usedMachine();
    rmSync(join(state, 'ip-injection.json'));
    const daemon = new DaemonProcess(['--device', '/nonexistent/device', '--pool-dir', folder]);
    await daemon.logged('waiting');
    const text = `process ${daemon.pid} (hv_kvp_daemon) is running and may write again; stop it or pass --force\n`;
    expect(run('deprovision', '--yes')).toMatchObject({ status: 2, stderr: `hvkvp deprovision: ${text}` });
    expect(run('deprovision', '--dry-run').status).toBe(0);
    await daemon.terminate();
    expect(run('deprovision', '--yes')).toMatchObject({ status: 0, stderr: '' });
  });

  it('refuses while a daemon runs, unless it is forced', async () => {
    const socket = join(temporaryFolder(), 'control');
    const { run } = usedMachine(socket);
    const { daemon } = await servedHost('linux', ['--control-socket', socket]);
    await eventually(() => existsSync(socket));
    const { status, stderr } = run('deprovision', '--yes');
    expect(stderr).toBe(
      `hvkvp deprovision: process ${daemon.pid} (hv_kvp_daemon) is running and may write again; stop it or pass --force\n`,
    );
    expect(status).toBe(2);
    expect(run('deprovision', '--yes', '--force').status).toBe(0);
  });
});
