import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { native } from '../../../src/device/native.ts';
import { connectedPair, end, listen } from '../../support/channel-end.ts';
import { eventually } from '../../support/eventually.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { pollThreads, threadNames } from '../../support/threads.ts';

const pollIn = 1;
const pollHangUp = 16;

function openDescriptors(): number {
  return readdirSync('/proc/self/fd').length;
}

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

describe('ChannelHandle', () => {
  it('moves whole messages', async () => {
    const { daemon, driver } = connectedPair();
    driver.device.write(Buffer.from('one'));
    driver.device.write(Buffer.from('two'));
    expect(await daemon.next()).toBe(pollIn);
    const message = Buffer.alloc(100);
    expect(message.toString('utf8', 0, daemon.device.read(message))).toBe('one');
    expect(message.toString('utf8', 0, daemon.device.read(message))).toBe('two');
    daemon.device.close();
    driver.device.close();
  });

  it('gives back all its descriptors when it is closed, that of its timer too', () => {
    const before = openDescriptors();
    const { daemon, driver } = connectedPair();
    expect(daemon.device.read(Buffer.alloc(1), 100)).toBeUndefined();
    expect(openDescriptors()).toBeGreaterThan(before);
    daemon.device.close();
    driver.device.close();
    expect(openDescriptors()).toBe(before);
  });

  it('calls back once each time it is armed, however often it is armed', async () => {
    const { daemon, driver } = connectedPair();
    daemon.device.arm();
    daemon.device.arm();
    driver.device.write(Buffer.from('x'));
    await eventually(() => daemon.calls.length > 0);
    // A second event would be queued by now: the thread is asked to poll something else in between.
    driver.device.write(Buffer.from('y'));
    daemon.device.write(Buffer.from('z'));
    await driver.next();
    expect(daemon.calls).toEqual([pollIn]);
    expect(await daemon.next()).toBe(pollIn);
    daemon.device.close();
    driver.device.close();
  });

  it('waits for each message anew, not only as long as was left of the wait before', () => {
    const { daemon, driver } = connectedPair();
    const message = Buffer.alloc(10);
    for (let round = 0; round < 3; round += 1) {
      driver.device.write(Buffer.from('one'));
      const start = performance.now();
      expect(daemon.device.read(message, 40_000)).toBe(3);
      expect(daemon.device.read(message, 40_000)).toBeUndefined();
      expect(performance.now() - start).toBeGreaterThanOrEqual(19);
    }
    daemon.device.close();
    driver.device.close();
  });

  it('reads what is there, and waits no longer than it is told', () => {
    const { daemon, driver } = connectedPair();
    const message = Buffer.alloc(10);
    expect(daemon.device.read(message)).toBeUndefined();
    const start = performance.now();
    expect(daemon.device.read(message, 20_000)).toBeUndefined();
    expect(performance.now() - start).toBeGreaterThan(19);
    driver.device.write(Buffer.from('one'));
    expect(daemon.device.read(message, 20_000)).toBe(3);
    daemon.device.close();
    driver.device.close();
  });

  it('waits no more once a signal comes, for JavaScript is to handle it', async () => {
    const { daemon, driver } = connectedPair();
    const handler = (): void => undefined;
    process.on('SIGUSR2', handler);
    const interrupter = spawn('sh', [
      '-c',
      `for i in $(seq 40); do kill -USR2 ${process.pid} || exit; sleep 0.05; done`,
    ]);
    const start = performance.now();
    expect(daemon.device.read(Buffer.alloc(10), 10_000_000)).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(10_000);
    interrupter.kill();
    await once(interrupter, 'exit');
    process.off('SIGUSR2', handler);
    daemon.device.close();
    driver.device.close();
  });

  it('writes nothing while a message waits, if it is told so', () => {
    const { daemon, driver } = connectedPair();
    expect(daemon.device.write(Buffer.from('one'), true)).toBe(3);
    driver.device.write(Buffer.from('x'));
    expect(daemon.device.write(Buffer.from('two'), true)).toBeUndefined();
    expect(daemon.device.write(Buffer.from('three'))).toBe(5);
    const message = Buffer.alloc(10);
    expect(driver.device.read(message)).toBe(3);
    expect(driver.device.read(message)).toBe(5);
    daemon.device.close();
    driver.device.close();
  });

  it('reports the other side gone', async () => {
    const { daemon, driver } = connectedPair();
    driver.device.close();
    expect((await daemon.next()) & pollHangUp).toBe(pollHangUp);
    expect(daemon.device.read(Buffer.alloc(10))).toBe(0);
    expect(() => daemon.device.write(Buffer.from('x'))).toThrow(expect.objectContaining({ syscall: 'write' }));
    daemon.device.close();
  });

  it('closes any number of times, and calls back no more', async () => {
    const { daemon, driver } = connectedPair();
    daemon.device.arm();
    driver.device.write(Buffer.from('x'));
    daemon.device.close();
    daemon.device.close();
    expect(daemon.device.fd).toBe(-1);
    expect(() => {
      daemon.device.arm();
    }).toThrow(expect.objectContaining({ syscall: 'poll' }));
    expect(() => daemon.device.read(Buffer.alloc(10))).toThrow(expect.objectContaining({ syscall: 'read' }));
    await driver.next();
    expect(daemon.calls).toEqual([]);
    driver.device.close();
  });

  it('can be closed by its own callback', async () => {
    const { daemon, driver } = connectedPair();
    const closed = new Promise<void>((resolve) => {
      const device = new native.ChannelHandle(openSync('/dev/null', 'r+'), () => {
        device.close();
        resolve();
      });
      device.arm();
    });
    await closed;
    daemon.device.close();
    driver.device.close();
  });

  it.each([
    ['/nonexistent/hv_kvp', 2],
    ['/dev', 21],
  ])('throws errno and syscall when %s cannot be opened', (path, errno) => {
    expect(() => end(path)).toThrow(expect.objectContaining({ syscall: 'open', errno: -errno }));
  });

  it('refuses a regular file, which a registration would overwrite', () => {
    const file = join(temporaryFolder(), 'precious');
    writeFileSync(file, 'content');
    expect(() => end(file)).toThrow(expect.objectContaining({ syscall: 'open', errno: -19 }));
  });

  it('has a named thread, which ends with it', async () => {
    const before = pollThreads();
    const { daemon, driver } = connectedPair();
    await eventually(() => pollThreads() === before + 2);
    daemon.device.close();
    driver.device.close();
    expect(pollThreads()).toBe(before);
  });

  it('leaks neither descriptors nor threads over 500 lives', () => {
    const threads = threadNames().length;
    const descriptors = openDescriptors();
    for (let life = 0; life < 500; life += 1) {
      const { device } = end(openSync('/dev/null', 'r+'));
      device.arm();
      device.close();
    }
    expect(openDescriptors()).toBe(descriptors);
    expect(threadNames().length).toBe(threads);
  });

  it('is closed when it is collected as garbage', async () => {
    const collect = garbageCollector();
    const { path, listener, accept } = listen();
    (() => new native.ChannelHandle(path, () => undefined))();
    const driver = accept();
    await eventually(() => {
      collect();
      return (driver.device.poll(0) & pollHangUp) !== 0;
    });
    listener.device.close();
    driver.device.close();
  });
});

describe('listenSeqpacket', () => {
  it('throws when the path is taken or too long for a socket', () => {
    const { path, listener } = listen();
    expect(() => native.listenSeqpacket(path)).toThrow(expect.objectContaining({ errno: -98 }));
    expect(() => native.listenSeqpacket('x'.repeat(200))).toThrow(expect.objectContaining({ errno: -36 }));
    listener.device.close();
  });
});
