import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { record } from '../pools/support/open-pool.ts';
import { hvkvp } from '../../support/hvkvp.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const root = join(import.meta.dirname, '../../..');
const example = (name: string): string => join(root, 'examples', `${name}.mjs`);

function run(name: string, ...words: readonly string[]): { readonly status: number | null; readonly stdout: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [example(name), ...words], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return { status, stdout };
}

it('read-and-write.mjs tells the host something and reads what it has told', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, '.kvp_pool_0'), record('Owner', 'Grace'));
  expect(run('read-and-write', folder)).toEqual({
    status: 0,
    stdout: `refused: the value has 5000 bytes, and at most 1022 are allowed
the host reads AppVersion 1.4.2, and 5000 bytes of log
the host says Owner = Grace
`,
  });
});

it('test-with-a-host.mjs plays a host for a daemon', () => {
  expect(run('test-with-a-host')).toEqual({
    status: 0,
    stdout: 'the guest reads Owner = Grace Hopper\nthe host reads BackupState = done\n',
  });
});

it('wait-for-host.mjs waits for a key and follows it', async () => {
  const folder = temporaryFolder();
  const child = spawn(process.execPath, [example('wait-for-host'), 'Owner', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill();
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const write = (...words: readonly string[]) => hvkvp([...words, '--pool', '0', '--pool-dir', folder]);
  write('set', 'Owner', 'Grace');
  expect((await lines.next()).value).toBe('Owner = Grace');
  const told: unknown[] = [];
  const end = (async () => {
    for (let next = await lines.next(); next.done !== true; next = await lines.next()) told.push(next.value);
  })();
  // What happens before it watches is no change for it.
  for (let round = 0; child.exitCode === null; round += 1) {
    write('set', 'Owner', `Ada ${round}`);
    write('delete', 'Owner');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await end;
  expect(told.at(-1)).toMatch(/^removed: Owner = (?:Grace|Ada \d+)$/);
  expect(child.exitCode).toBe(0);
});

it('clock-of-the-host.mjs compares a time of Windows with the clock', () => {
  const folder = temporaryFolder();
  const minuteAgo = (BigInt(Date.now() - 60_000) + 11_644_473_600_000n) * 10_000n;
  writeFileSync(join(folder, '.kvp_pool_0'), record('HostTime', String(minuteAgo)));
  const { status, stdout } = run('clock-of-the-host', 'HostTime', folder);
  expect(status).toBe(0);
  const [, written = '', seconds] = /^the host wrote (\S+), (\d+) s ago$/m.exec(stdout) ?? [];
  expect(Date.parse(written)).toBe(Number(minuteAgo / 10_000n - 11_644_473_600_000n));
  expect(Number(seconds)).toBeGreaterThanOrEqual(60);
});

it('every example is named on the library’s page', () => {
  const page = readFileSync(join(root, 'docs/library.md'), 'utf8');
  for (const name of ['read-and-write', 'wait-for-host', 'test-with-a-host', 'clock-of-the-host']) {
    expect(page).toContain(`examples/${name}.mjs`);
  }
});
