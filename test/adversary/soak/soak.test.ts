import { readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { daemonProgram } from '../../support/daemon-process.ts';
import { eventually } from '../../support/eventually.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { SoakModel } from './model.ts';
import { soakGuest } from './soak-guest.ts';

/** Soaks a guest; its exit status and what was printed. */
async function soaked(
  length: { readonly milliseconds?: number; readonly transactions?: number },
  {
    seed = 7,
    system = 'linux',
    poolDirectory,
  }: { seed?: number; system?: 'linux' | 'freebsd'; poolDirectory?: string | undefined },
) {
  const lines: string[] = [];
  const status = await soakGuest(
    { system, daemon: daemonProgram, poolDirectory },
    { length: { milliseconds: Infinity, transactions: Infinity, ...length }, seed, print: (line) => lines.push(line) },
  );
  return { status, lines, text: lines.join('\n') };
}

describe('a soak', () => {
  it.each(['linux', 'freebsd'] as const)(
    'finds every answer right on %s, and leaves nothing behind',
    async (system) => {
      const folder = temporaryFolder();
      vi.stubEnv('TMPDIR', folder);
      const { status, text } = await soaked({ transactions: 800 }, { system });
      vi.unstubAllEnvs();
      expect(text).toMatch(/^seed 7\n800 transactions in \d+ s, [\d,]+ a second: every answer was as it must be\n/);
      for (const kind of ['set', 'delete', 'enumerate', 'guest program', 'new offer']) expect(text).toContain(kind);
      expect(text).toMatch(/daemon at the start: \d+/);
      expect(status).toBe(0);
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it('ends with status 1 as soon as a record is not what was set', async () => {
    const poolDirectory = temporaryFolder();
    const soaking = soaked({ milliseconds: 120_000 }, { poolDirectory });
    const path = join(poolDirectory, '.kvp_pool_0');
    const recordSize = 2560;
    await eventually(() => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > recordSize);
    truncateSync(path, 0);
    const { status, text } = await soaking;
    expect(text).toMatch(/: WRONG: .* in place of /);
    expect(status).toBe(1);
  });

  it('makes the same transactions from the same seed', async () => {
    const kinds = async () => (await soaked({ transactions: 200 }, { seed: 3 })).lines[2];
    expect(await kinds()).toBe(await kinds());
  });
});

it('the model keeps the order of records and their places', () => {
  const model = new SoakModel();
  for (const key of ['a', 'b', 'c']) model.set(0, key, 'old');
  model.set(0, 'b', 'new');
  expect(model.delete(0, 'a')).toBe(true);
  expect(model.delete(0, 'a')).toBe(false);
  expect(model.records(0)).toEqual([
    { key: 'b', value: 'new' },
    { key: 'c', value: 'old' },
  ]);
  expect(model.bytes(0).toString('latin1').replaceAll('\0', '')).toBe('bnewcold');
});
