import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { poolFiles, poolModes } from '../../src/doctor/pool-files.ts';
import { below } from '../../src/platform/machine.ts';
import { systemDisk } from '../../src/pools/disk.ts';
import { Journal } from '../../src/pools/journal.ts';
import { encodeRecord } from '../../src/pools/record.ts';
import { Neighbour } from '../pools/support/neighbour.ts';
import { patient } from './support/guest.ts';

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

  it('tells of a change that a crash has cut off, and leaves it as it is', async () => {
    const examined = await patient('linux');
    const { stateDirectory } = examined.settings.pools;
    const path = below(examined.machine, join(stateDirectory, 'pool_1.journal'));
    const journal = new Journal({ path, disk: systemDisk, durability: 'memory', boot: '' });
    journal.write({ kind: 'append', offset: 0, after: encodeRecord(Buffer.from('key'), Buffer.from('value')) }, 1n, 0);
    journal.close();
    for (let times = 0; times < 2; times += 1) {
      const finding = await poolFiles.examine(examined);
      expect(finding).toMatchObject({ state: 'advice', found: 'guest: a crash has cut off a change' });
    }
  });

  it.runIf(process.getuid?.() === 0)('is not judged by a user who may not read it', async () => {
    const examined = await patient('linux', {
      prepare: (_, { root }) => {
        chmodSync(root, 0o755);
      },
    });
    const nobody = 65_534;
    process.seteuid?.(nobody);
    onTestFinished(() => {
      process.seteuid?.(0);
    });
    const finding = await poolFiles.examine(examined);
    const modes = await poolModes.examine(examined);
    process.seteuid?.(0);
    expect(finding).toMatchObject({ state: 'unknown', remedy: 'run this as root' });
    expect(finding.found).toContain('guest cannot be read by us');
    expect(modes.state).toBe('ok');
  });
});
