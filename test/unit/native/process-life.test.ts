import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { listen } from '../../support/channel-end.ts';
import { pollThreads } from '../../support/threads.ts';

const addon = join(import.meta.dirname, '../../../build/Release/hv_kvp.node');

describe('ChannelHandle in the life of a process', () => {
  it('dies with its worker thread, armed or not', async () => {
    const before = pollThreads();
    const { path, listener, accept } = listen();
    const code = `
      const { parentPort, workerData } = require('node:worker_threads');
      const { ChannelHandle } = require(workerData.addon);
      const armed = new ChannelHandle(workerData.path, () => {});
      armed.arm();
      globalThis.idle = new ChannelHandle(workerData.path, () => {});
      parentPort.postMessage('ready');
    `;
    for (let round = 0; round < 10; round += 1) {
      const worker = new Worker(code, { eval: true, workerData: { addon, path } });
      await once(worker, 'message');
      const driverEnds = [0, 1].map(() => accept());
      await worker.terminate();
      for (const { device } of driverEnds) device.close();
    }
    listener.device.close();
    expect(pollThreads()).toBe(before);
  });

  it('does not hold up the exit of a process that waits', () => {
    const { path, listener } = listen();
    const code = `
      const { ChannelHandle } = require(${JSON.stringify(addon)});
      new ChannelHandle(${JSON.stringify(path)}, () => {}).arm();
      setTimeout(() => process.exit(7), 20);
    `;
    expect(() => execFileSync(process.execPath, ['-e', code], { timeout: 15_000 })).toThrow(
      expect.objectContaining({ status: 7 }),
    );
    listener.device.close();
  });

  it('keeps a process alive until it is closed', async () => {
    const { path, listener, accept } = listen();
    const code = `
      const { ChannelHandle } = require(${JSON.stringify(addon)});
      const device = new ChannelHandle(${JSON.stringify(path)}, () => device.close());
      device.arm();
    `;
    const child = spawn(process.execPath, ['-e', code]);
    await listener.next();
    const driver = accept();
    expect(child.exitCode).toBeNull();
    driver.device.write(Buffer.from('x'));
    expect(await once(child, 'exit')).toEqual([0, null]);
    listener.device.close();
    driver.device.close();
  });

  it('serves on after SIGSTOP and SIGCONT', async () => {
    const { path, listener, accept } = listen();
    const code = `
      const { ChannelHandle } = require(${JSON.stringify(addon)});
      const message = Buffer.alloc(10);
      const device = new ChannelHandle(${JSON.stringify(path)}, () => {
        device.write(message.subarray(0, device.read(message)));
        device.arm();
      });
      device.arm();
    `;
    const child = spawn(process.execPath, ['-e', code]);
    await listener.next();
    const driver = accept();
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
