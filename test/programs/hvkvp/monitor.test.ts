import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { masked } from '../../support/control-samples.ts';
import { type Ended, hvkvp, HvkvpProcess, hvkvpProgram } from '../../support/hvkvp-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type WatchedHost, watchedHost } from '../../support/watched-host.ts';

const escape = '\u001b[';
const stoppedLoad = 3000;

/** Starts `hvkvp monitor` and waits until it has subscribed. */
async function monitored({ host, socket }: WatchedHost, words: readonly string[]): Promise<HvkvpProcess> {
  const monitor = new HvkvpProcess(['monitor', '--socket', socket, ...words]);
  while (monitor.stdout === '') await host.get(0, 'is anybody there');
  return monitor;
}

async function interrupted(process: HvkvpProcess): Promise<Ended> {
  process.process.kill('SIGINT');
  return await process.ended();
}

describe('hvkvp monitor', () => {
  it('shows each transaction in a line, without values', async () => {
    const watched = await watchedHost();
    const monitor = await monitored(watched, []);
    await watched.host.set(1, 'key', 's3cret');
    await monitor.printed("'key'");
    const { status, stdout, stderr } = await interrupted(monitor);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^\d{4}-.*Z {2}set +ok +[\d.]+ .?s {2}guest 'key' \(6 bytes\)$/m);
    expect(stdout).not.toContain('s3cret');
  });

  it('has a shape for programs', async () => {
    const watched = await watchedHost();
    const monitor = await monitored(watched, ['--json', '--values']);
    await watched.host.set(1, 'key', 'value');
    await watched.host.enumerateAt(1, 0);
    await watched.host.send({ operation: 'unknown', code: 77, pool: 0 });
    await monitor.printed('refused');
    const { stdout } = await interrupted(monitor);
    const events = stdout.trimEnd().split('\n').slice(-3);
    expect(events.map((event) => masked(JSON.parse(event)))).toMatchInlineSnapshot(`
      [
        {
          "at": "<at>",
          "durationUs": "<durationUs>",
          "key": "key",
          "operation": "set",
          "pool": 1,
          "status": "ok",
          "type": "transaction",
          "value": "value",
          "valueBytes": 5,
        },
        {
          "at": "<at>",
          "durationUs": "<durationUs>",
          "index": 0,
          "key": "key",
          "operation": "enumerate",
          "pool": 1,
          "status": "ok",
          "type": "transaction",
          "value": "value",
          "valueBytes": 5,
        },
        {
          "at": "<at>",
          "durationUs": "<durationUs>",
          "operation": "refused",
          "reason": "unknown operation 77",
          "status": "notSupported",
          "type": "transaction",
        },
      ]
    `);
  });

  it.each([
    [
      ['--operation', 'set', 'delete'],
      ["guest 'VMName'", "guest 'other'", "external 'VMName'"],
    ],
    [['--pool', 'external'], ["external 'VMName'"]],
    [
      ['--key', 'VM*', '--operation', 'set'],
      ["guest 'VMName'", "external 'VMName'"],
    ],
    [['--key', 'other'], ["guest 'other'"]],
    [
      ['--status', 'noMoreItems'],
      ["guest 'none'", "internal 'last'"],
    ],
  ])('shows what is meant by %j only', async (words, shown) => {
    const watched = await watchedHost();
    const { host } = watched;
    const monitor = new HvkvpProcess(['monitor', '--socket', watched.socket, ...words]);
    const recorder = await monitored(watched, []);
    // Both have subscribed once the first has shown something that passes.
    const wake = async (): Promise<void> => {
      await host.set(0, 'VMName', 'x');
      await host.set(1, 'other', 'x');
      await host.get(1, 'none');
    };
    while (monitor.stdout === '') await wake();
    await host.set(1, 'VMName', 'x');
    await wake();
    await host.get(4, 'last');
    await recorder.printed("'last'");
    for (const text of shown) await monitor.printed(text);
    const { stdout } = await interrupted(monitor);
    const seen = stdout.match(/\w+ '\w+'/g) ?? [];
    expect([...new Set(seen)].sort()).toEqual(shown.toSorted());
  });

  it('records for hvkvp decode; values only with --values, and for this user only', async () => {
    const watched = await watchedHost();
    const [plain, full] = [join(temporaryFolder(), 'plain'), join(temporaryFolder(), 'full')];
    const monitors = [
      await monitored(watched, ['--record', plain]),
      await monitored(watched, ['--record', full, '--values']),
    ];
    await watched.host.set(1, 'key', 's3cret');
    for (const monitor of monitors) {
      await monitor.printed("'key'");
      await interrupted(monitor);
    }
    expect(readFileSync(plain, 'utf8')).not.toContain('s3cret');
    expect(statSync(full).mode & 0o777).toBe(0o600);
    expect((await hvkvp(['decode', full])).stdout).not.toContain('s3cret');
    expect((await hvkvp(['decode', full, '--json'])).stdout).not.toContain('s3cret');
    expect((await hvkvp(['decode', full, '--values'])).stdout).toContain("guest 'key' = 's3cret'");
    expect((await hvkvp(['decode', full, '--values', '--json'])).stdout).toContain('"value":"s3cret"');
  });

  it('shows no control character of the host on a terminal', async () => {
    const watched = await watchedHost();
    const monitor = await monitored(watched, ['--values']);
    await watched.host.set(0, `${escape}2J`, `${escape}31m\r\nforged`);
    await monitor.printed('forged');
    const { stdout } = await interrupted(monitor);
    expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(stdout).toContain(String.raw`'\u001b[2J' = '\u001b[31m\r\nforged'`);
  });

  it('does not record over another file', async () => {
    const { socket } = await watchedHost();
    const file = join(temporaryFolder(), 'kept');
    writeFileSync(file, 'kept');
    const { status, stderr } = await hvkvp(['monitor', '--socket', socket, '--record', file]);
    expect(status).toBe(3);
    expect(stderr).toContain('EEXIST');
    expect(readFileSync(file, 'utf8')).toBe('kept');
  });

  it('ends with status 1 when the daemon does', async () => {
    const watched = await watchedHost();
    const monitor = await monitored(watched, []);
    await watched.daemon.terminate();
    expect(await monitor.ended()).toMatchObject({ status: 1, stderr: 'hvkvp monitor: the daemon has ended\n' });
  });

  it('ends quietly when nobody reads it any more', async () => {
    const { host, socket } = await watchedHost();
    const command = `'${process.execPath}' '${hvkvpProgram}' monitor --socket ${socket}; echo "status $?" >&2`;
    const pipe = spawn('sh', ['-c', `{ ${command}; } | head -1`], { stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    pipe.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const closed = once(pipe, 'close');
    while (!stderr.includes('status')) await host.get(0, 'key');
    await closed;
    expect(stderr).toBe('status 0\n');
  });

  it('that is stopped holds up nobody, and tells what it missed when it goes on', async () => {
    const watched = await watchedHost();
    const { host } = watched;
    await host.set(1, 'key', 'v'.repeat(1000));
    const monitor = await monitored(watched, ['--values']);
    monitor.process.kill('SIGSTOP');
    for (let count = 0; count < stoppedLoad; count += 1) await host.get(1, 'key');
    monitor.process.kill('SIGCONT');
    await monitor.printed('events skipped: this reader was too slow');
    await host.set(1, 'afterwards', '');
    await monitor.printed('afterwards');
    expect(await interrupted(monitor)).toMatchObject({ status: 0, stderr: '' });
  });
});
