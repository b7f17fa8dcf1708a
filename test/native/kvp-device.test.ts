import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { native, type NativeDevice } from '../../src/device/native.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const pollIn = 1;
const pollHangUp = 16;
const addon = join(import.meta.dirname, '../../build/Release/hv_kvp.node');

interface End {
  readonly device: NativeDevice;
  readonly calls: number[];
  next(): Promise<number>;
}

function end(pathOrFd: string | number): End {
  const calls: number[] = [];
  let wake: ((revents: number) => void) | undefined;
  const device = new native.KvpDevice(pathOrFd, (revents) => {
    calls.push(revents);
    wake?.(revents);
  });
  const next = async () => {
    const event = new Promise<number>((resolve) => {
      wake = resolve;
    });
    device.arm();
    return await event;
  };
  return { device, calls, next };
}

function connectedPair(): { daemon: End; driver: End } {
  const path = join(temporaryFolder(), 'device');
  const listener = end(native.listenSeqpacket(path));
  const daemon = end(path);
  const driver = end(native.acceptSeqpacket(listener.device.fd));
  listener.device.close();
  return { daemon, driver };
}

function threadNames(): string[] {
  return readdirSync('/proc/self/task').map((task) => readFileSync(`/proc/self/task/${task}/comm`, 'utf8').trim());
}

function openDescriptors(): number {
  return readdirSync('/proc/self/fd').length;
}

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

async function eventually(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

describe('KvpDevice', () => {
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

  it('never waits in read: without a message it throws EAGAIN', () => {
    const { daemon, driver } = connectedPair();
    expect(() => daemon.device.read(Buffer.alloc(10))).toThrow(expect.objectContaining({ syscall: 'read', errno: 11 }));
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
    await driver.next();
    expect(daemon.calls).toEqual([]);
    driver.device.close();
  });

  it('can be closed by its own callback', async () => {
    const { daemon, driver } = connectedPair();
    const closed = new Promise<void>((resolve) => {
      const device = new native.KvpDevice(openSync('/dev/null', 'r+'), () => {
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
    expect(() => end(path)).toThrow(expect.objectContaining({ syscall: 'open', errno }));
  });

  it('refuses a regular file, which a registration would overwrite', () => {
    const file = join(temporaryFolder(), 'precious');
    writeFileSync(file, 'content');
    expect(() => end(file)).toThrow(expect.objectContaining({ syscall: 'open', errno: 19 }));
  });

  it('has a named thread, which ends with it', async () => {
    const before = threadNames().filter((name) => name === 'kvp-poll').length;
    const { daemon, driver } = connectedPair();
    await eventually(() => threadNames().filter((name) => name === 'kvp-poll').length === before + 2);
    daemon.device.close();
    driver.device.close();
    expect(threadNames().filter((name) => name === 'kvp-poll').length).toBe(before);
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
    const path = join(temporaryFolder(), 'device');
    const listener = end(native.listenSeqpacket(path));
    (() => new native.KvpDevice(path, () => undefined))();
    const driver = end(native.acceptSeqpacket(listener.device.fd));
    await eventually(() => {
      collect();
      return (driver.device.poll(0) & pollHangUp) !== 0;
    });
    listener.device.close();
    driver.device.close();
  });

  it('dies with its worker thread, armed or not', async () => {
    const before = threadNames().filter((name) => name === 'kvp-poll').length;
    const path = join(temporaryFolder(), 'device');
    const listener = end(native.listenSeqpacket(path));
    const code = `
      const { parentPort, workerData } = require('node:worker_threads');
      const { KvpDevice } = require(workerData.addon);
      const armed = new KvpDevice(workerData.path, () => {});
      armed.arm();
      globalThis.idle = new KvpDevice(workerData.path, () => {});
      parentPort.postMessage('ready');
    `;
    for (let round = 0; round < 10; round += 1) {
      const worker = new Worker(code, { eval: true, workerData: { addon, path } });
      await once(worker, 'message');
      const driverEnds = [0, 1].map(() => end(native.acceptSeqpacket(listener.device.fd)));
      await worker.terminate();
      for (const { device } of driverEnds) device.close();
    }
    listener.device.close();
    expect(threadNames().filter((name) => name === 'kvp-poll').length).toBe(before);
  });

  it('does not hold up the exit of a process that waits', () => {
    const path = join(temporaryFolder(), 'device');
    const listener = end(native.listenSeqpacket(path));
    const code = `
      const { KvpDevice } = require(${JSON.stringify(addon)});
      new KvpDevice(${JSON.stringify(path)}, () => {}).arm();
      setTimeout(() => process.exit(7), 20);
    `;
    expect(() => execFileSync(process.execPath, ['-e', code], { timeout: 5000 })).toThrow(
      expect.objectContaining({ status: 7 }),
    );
    listener.device.close();
  });

  it('keeps a process alive until it is closed', async () => {
    const path = join(temporaryFolder(), 'device');
    const listener = end(native.listenSeqpacket(path));
    const code = `
      const { KvpDevice } = require(${JSON.stringify(addon)});
      const device = new KvpDevice(${JSON.stringify(path)}, () => device.close());
      device.arm();
    `;
    const child = spawn(process.execPath, ['-e', code]);
    await listener.next();
    const driver = end(native.acceptSeqpacket(listener.device.fd));
    expect(child.exitCode).toBeNull();
    driver.device.write(Buffer.from('x'));
    expect(await once(child, 'exit')).toEqual([0, null]);
    listener.device.close();
    driver.device.close();
  });

  it('serves on after SIGSTOP and SIGCONT', async () => {
    const path = join(temporaryFolder(), 'device');
    const listener = end(native.listenSeqpacket(path));
    const code = `
      const { KvpDevice } = require(${JSON.stringify(addon)});
      const message = Buffer.alloc(10);
      const device = new KvpDevice(${JSON.stringify(path)}, () => {
        device.write(message.subarray(0, device.read(message)));
        device.arm();
      });
      device.arm();
    `;
    const child = spawn(process.execPath, ['-e', code]);
    await listener.next();
    const driver = end(native.acceptSeqpacket(listener.device.fd));
    for (const text of ['first', 'again']) {
      child.kill('SIGSTOP');
      driver.device.write(Buffer.from(text));
      child.kill('SIGCONT');
      await driver.next();
      const answer = Buffer.alloc(10);
      expect(answer.toString('utf8', 0, driver.device.read(answer))).toBe(text);
    }
    child.kill();
    listener.device.close();
    driver.device.close();
  });
});

describe('listenSeqpacket', () => {
  it('throws when the path is taken or too long for a socket', () => {
    const path = join(temporaryFolder(), 'device');
    const listener = end(native.listenSeqpacket(path));
    expect(readlinkSync(`/proc/self/fd/${listener.device.fd}`)).toContain('socket:');
    expect(() => native.listenSeqpacket(path)).toThrow(expect.objectContaining({ errno: 98 }));
    expect(() => native.listenSeqpacket('x'.repeat(200))).toThrow(expect.objectContaining({ errno: 36 }));
    listener.device.close();
  });
});
