import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { native } from '../../../../src/device/native.ts';
import { poolFiles, poolModes } from '../../../../src/hvkvp/doctor/pool-files.ts';
import { below } from '../../../../src/platform/machine.ts';
import { systemDisk } from '../../../../src/pools/disk.ts';
import { Journal } from '../../../../src/pools/journal.ts';
import { poolPaths } from '../../../../src/pools/pools.ts';
import { encodeRecord } from '../../../../src/pools/record.ts';
import { Neighbour } from '../../pools/support/neighbour.ts';
import { patient } from './support/guest.ts';
import { needs, program, root } from '../../../support/needs.ts';

const hasPatience = 50;

describe('the state of a pool’s file', () => {
  it.each(['hold-fcntl', 'hold-flock'] as const)('names the program that keeps its lock (%s)', async (role) => {
    let path = '';
    const examined = await patient('linux', {
      prepare: (pools) => {
        path = join(pools, '.kvp_pool_1');
      },
      settings: (settings) => ({ ...settings, pools: { ...settings.pools, lockTimeoutMs: hasPatience } }),
    });
    const holder = await Neighbour.start(role, path, { pauseMs: 1000 });
    const finding = await poolFiles.examine(examined);
    expect(finding).toMatchObject({ state: 'problem' });
    expect(finding.found).toMatch(/^guest: process \d+ \(python3.*\) holds its lock$/);
    await holder.end();
    expect((await poolFiles.examine(examined)).state).toBe('ok');
  });

  it('names a user who keeps others from changes, though he may only read it', async () => {
    needs(root, program('flock'));
    let path = '';
    const examined = await patient('linux', {
      prepare: (pools) => {
        path = join(pools, '.kvp_pool_1');
        for (let open = pools; open !== tmpdir(); open = dirname(open)) chmodSync(open, 0o755);
        chmodSync(path, 0o644);
      },
    });
    const words = ['--shared', path, 'sh', '-c', 'echo locked; read line'];
    const nobody = { uid: 65_534, gid: 65_534 } as const;
    const holder = spawn('flock', words, { ...nobody, stdio: ['pipe', 'pipe', 'inherit'] });
    onTestFinished(() => {
      holder.kill();
    });
    await once(holder.stdout, 'data');
    const finding = await poolFiles.examine(examined);
    expect(finding).toMatchObject({ state: 'advice' });
    expect(finding.found).toMatch(
      /^process \d+ \(flock\) of user 65534, which may only read the file, holds the lock of guest: no change is possible$/,
    );
  });

  it('tells of a change that a crash has cut off, and leaves it as it is', async () => {
    const examined = await patient('linux');
    const { path: file, journalPath } = poolPaths(examined.settings.pools, 1);
    const path = below(examined.machine, journalPath);
    const journal = new Journal({ path, disk: systemDisk, durability: 'memory', boot: '', need: 'required' });
    const { ino } = statSync(below(examined.machine, file), { bigint: true });
    journal.write({ kind: 'append', offset: 0, after: encodeRecord(Buffer.from('key'), Buffer.from('value')) }, ino, 0);
    journal.close();
    for (let times = 0; times < 2; times += 1) {
      const finding = await poolFiles.examine(examined);
      expect(finding).toMatchObject({ state: 'advice', found: 'guest: a change was interrupted by a crash' });
    }
  });

  it('is not judged by a user who may not read it', async () => {
    needs(root);
    const examined = await patient('linux', {
      prepare: (_, { root: folder }) => {
        chmodSync(folder, 0o755);
      },
    });
    const nobody = 65_534;
    native.setEffectiveUid(nobody);
    onTestFinished(() => {
      native.setEffectiveUid(0);
    });
    const finding = await poolFiles.examine(examined);
    const modes = await poolModes.examine(examined);
    native.setEffectiveUid(0);
    expect(finding).toMatchObject({ state: 'unknown', remedy: 'run this as root' });
    expect(finding.found).toContain('guest cannot be read here');
    expect(modes.state).toBe('ok');
  });
});
