import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { simulateSoak } from '../../src/commands/simulate-soak.ts';
import { SoakModel } from '../../src/commands/soak-model.ts';
import { daemonProgram } from '../support/daemon-process.ts';
import { eventually } from '../support/eventually.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const program = join(import.meta.dirname, '../../dist/bin/hvkvp.js');
const words = (...given: readonly string[]): readonly string[] => [program, 'simulate', '--soak', ...given];

describe('hvkvp simulate --soak', () => {
  it.each(['linux', 'freebsd'])('finds every answer right on %s, and leaves nothing behind', (system) => {
    const folder = temporaryFolder();
    const options = { encoding: 'utf8', env: { ...process.env, TMPDIR: folder } } as const;
    const given = words('--transactions', '800', '--seed', '7', '--platform', system);
    const { status, stdout } = spawnSync(process.execPath, given, options);
    expect(stdout).toMatch(/^seed 7\n800 transactions in \d+ s, [\d,]+ a second: every answer was as it must be\n/);
    for (const kind of ['set', 'delete', 'enumerate', 'guest program', 'new offer']) expect(stdout).toContain(kind);
    expect(status).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('has a shape for programs: one object at the end', () => {
    const given = words('--transactions', '50', '--seed', '7', '--platform', 'linux', '--json');
    const { stdout } = spawnSync(process.execPath, given, { encoding: 'utf8' });
    const anyNumber = expect.any(Number) as number;
    expect(JSON.parse(stdout)).toEqual({
      ...{ type: 'soak', seed: 7, succeeded: true, wrong: null, transactions: 50, seconds: anyNumber },
      counts: expect.objectContaining({ set: anyNumber, 'automatic key': anyNumber }) as object,
      daemon: expect.any(Array) as unknown,
    });
    for (const look of (JSON.parse(stdout) as { daemon: readonly unknown[] }).daemon) {
      expect(look).toEqual({
        ...{ when: expect.stringMatching(/^(at the start|after [\d,]+)$/) as string },
        ...{ mebibytes: anyNumber, descriptors: anyNumber, threads: anyNumber },
      });
    }
  });

  it('ends with status 1 as soon as a record is not what was set', async () => {
    const pools = temporaryFolder();
    const soaking = spawn(process.execPath, words('--for', '2m', '--pool-dir', pools));
    const output = text(soaking.stdout);
    const path = join(pools, '.kvp_pool_0');
    const recordSize = 2560;
    await eventually(() => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > recordSize);
    truncateSync(path, 0);
    await once(soaking, 'exit');
    expect(await output).toMatch(/: WRONG: .* in place of /);
    expect(soaking.exitCode).toBe(1);
  });

  it('makes the same transactions from the same seed', () => {
    const kinds = (): string | undefined =>
      spawnSync(process.execPath, words('--transactions', '200', '--seed', '3'), { encoding: 'utf8' }).stdout.split(
        '\n',
      )[2];
    expect(kinds()).toBe(kinds());
  });

  it('shows its progress in one line at a terminal', async () => {
    const written: string[] = [];
    const output = {
      ...{ isTerminal: true, hasColours: false, width: 100, json: false },
      write: (piece: string | Buffer) => written.push(String(piece)),
    };
    const guest = { system: 'linux', daemon: daemonProgram, poolDirectory: undefined } as const;
    const length = { milliseconds: 1500, transactions: Infinity };
    expect(await simulateSoak(guest, { length, seed: 1, output })).toBe(0);
    const [, ...lines] = written;
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line).toMatch(/^\r\u001b\[K[\d,]+ transactions in /);
    expect(lines.filter((line) => line.includes('\n'))).toEqual(lines.slice(-1));
  });

  it.each([
    ['--for', '3x'],
    ['--transactions', '-1'],
    ['--script', 'file'],
  ])('ends with status 2 for %s %s', (...given) => {
    expect(spawnSync(process.execPath, words(...given)).status).toBe(2);
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
