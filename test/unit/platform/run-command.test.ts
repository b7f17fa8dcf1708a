import { closeSync, copyFileSync, openSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../../../src/platform/run-command.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('runCommand', () => {
  it('returns what a program writes and how it ends', async () => {
    expect(await runCommand('ls', ['-d', '/'])).toEqual({ status: 0, output: '/\n', errors: '' });
    expect(await runCommand('false', [])).toMatchObject({ status: 1, output: '' });
  });

  it('says why when the program is missing', async () => {
    const result = await runCommand('no-such-program', []);
    expect(result).toMatchObject({ status: undefined, output: '' });
    expect(result.errors).toContain('ENOENT');
  });

  it('says why when a program cannot be run, whatever the reason', async () => {
    const loop = join(temporaryFolder(), 'loop');
    symlinkSync(loop, loop);
    const looping = await runCommand(loop, []);
    expect(looping.status).toBeUndefined();
    expect(looping.errors).toContain('ELOOP');
    const busy = join(temporaryFolder(), 'busy');
    copyFileSync('/bin/true', busy);
    const fd = openSync(busy, 'r+');
    expect((await runCommand(busy, [])).errors).toContain('ETXTBSY');
    closeSync(fd);
  });

  it('leaves no argument to a shell', async () => {
    expect((await runCommand('printf', ['%s', '$(id); `id` "\'>'])).output).toBe('$(id); `id` "\'>');
  });

  it('hands on nothing of our environment', async () => {
    const { output } = await runCommand('env', []);
    expect(output.trim().split('\n').sort()).toEqual([
      'LC_ALL=C.UTF-8',
      'PATH=/usr/sbin:/usr/bin:/sbin:/bin:/run/current-system/sw/bin',
    ]);
  });

  it('closes the input, so that no program waits for it', async () => {
    expect((await runCommand('cat', [])).status).toBe(0);
  });

  it('kills a program whose time is over, even one that ignores SIGTERM', async () => {
    const script = 'trap "" TERM; while :; do sleep 0.1; done';
    expect((await runCommand('sh', ['-c', script], { timeoutMs: 50 })).status).toBeUndefined();
  });

  it('kills a program at a signal, and starts none after it', async () => {
    const controller = new AbortController();
    const running = runCommand('sleep', ['60'], { signal: controller.signal, timeoutMs: 60_000 });
    controller.abort();
    expect((await running).status).toBeUndefined();
    expect((await runCommand('true', [], { signal: controller.signal })).status).toBeUndefined();
  });

  it('kills a program that does not stop to write', async () => {
    const { status, output } = await runCommand('yes', [], { timeoutMs: 60_000 });
    expect(status).toBeUndefined();
    expect(output.length).toBeLessThanOrEqual(2 ** 20);
  });

  it('ends with the program, though a child of it keeps its output open', async () => {
    const result = await runCommand('sh', ['-c', 'sleep 60 & echo $!'], { timeoutMs: 50_000 });
    expect(result).toMatchObject({ status: 0, errors: '' });
    process.kill(Number(result.output), 'SIGKILL');
  });

  it('does not wait for a program’s own children when its time is over', async () => {
    const result = await runCommand('sh', ['-c', 'sleep 30 & wait'], { timeoutMs: 50 });
    expect(result.status).toBeUndefined();
  });
});
