import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { daemonProgram } from '../../support/daemon-process.ts';
import { driverMessage, registrationAnswer } from '../../support/driver-message.ts';
import { FakeDriver } from '../../support/fake-driver.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { namespaces, needs } from '../../support/needs.ts';

const systemLog = join(import.meta.dirname, 'programs/system-log.py');
const stalledLog = join(import.meta.dirname, 'programs/stalled-log.py');

/** A /dev whose changes nobody else sees. */
const withOwnDevices = `
  mount -t tmpfs tmpfs "$0" && mkdir "$0/upper" "$0/work" &&
  mount -t overlay -o "lowerdir=/dev,upperdir=$0/upper,workdir=$0/work" overlay /dev && exec "$@"
`;

describe('hv_kvp_daemon in the background', () => {
  it('logs to the system, by its own name', () => {
    needs(namespaces);
    const folder = temporaryFolder();
    const devices = join(folder, 'devices');
    mkdirSync(devices);
    const device = join(folder, 'none');
    const daemon = [process.execPath, daemonProgram, '--device', device, '--pool-dir', folder];
    const words = ['--mount', 'sh', '-c', withOwnDevices, devices, 'python3', systemLog, ...daemon];
    const lines = execFileSync('unshare', words, { encoding: 'utf8' }).trim().split('\n');
    expect(lines).toEqual([
      'status 0',
      expect.stringMatching(/^<28>.* hv_kvp_daemon\[\d+\]: waiting for the device: ENOENT/) as string,
      expect.stringMatching(/^<29>.* hv_kvp_daemon\[\d+\]: ended by SIGTERM/) as string,
    ]);
  });

  it('answers on while nobody reads the log, and says how many lines were lost once somebody does', async () => {
    needs(namespaces);
    const folder = temporaryFolder();
    const devices = join(folder, 'devices');
    mkdirSync(devices);
    const driver = new FakeDriver();
    const daemon = [process.execPath, daemonProgram, '-d', '--device', driver.path, '--pool-dir', folder];
    const words = [
      '--mount',
      'sh',
      '-c',
      withOwnDevices,
      devices,
      'python3',
      stalledLog,
      join(folder, 'notify'),
      ...daemon,
    ];
    const log = spawn('unshare', words, { stdio: ['pipe', 'pipe', 'inherit'] });
    onTestFinished(() => {
      log.kill('SIGKILL');
    });
    const lines = createInterface(log.stdout)[Symbol.asyncIterator]();
    await driver.accept();
    await driver.receive();
    driver.send(registrationAnswer());
    for (let round = 0; round < requests; round += 1) {
      driver.send(driverMessage({ operation: 'get', pool: 0, key: Buffer.from(`missing ${round}`) }));
      expect((await driver.receive()).length).toBeGreaterThan(0);
    }
    log.stdin.write('\n');
    const pid = await pidIn(lines);
    while ((await lines.next()).value !== 'read');
    process.kill(pid, 'SIGTERM');
    expect((await lines.next()).value).toMatch(/\d+ log lines were lost: the reader was too slow/);
    expect((await lines.next()).value).toContain('ended by SIGTERM');
  });

  it('leaves the stack of a crash in the system’s log', () => {
    needs(namespaces);
    const folder = temporaryFolder();
    const devices = join(folder, 'devices');
    mkdirSync(devices);
    const code = join(folder, 'crash.cjs');
    const crash = `if (process.env.HV_KVP_DAEMON_BACKGROUND) process.on('SIGTERM', () => { throw new Error('planted'); });`;
    writeFileSync(code, crash);
    const daemon = [
      process.execPath,
      '--require',
      code,
      daemonProgram,
      '--device',
      '/nonexistent',
      '--pool-dir',
      folder,
    ];
    const words = ['--mount', 'sh', '-c', withOwnDevices, devices, 'python3', systemLog, ...daemon];
    const lines = execFileSync('unshare', words, { encoding: 'utf8' });
    expect(lines).toContain('ended by a bug in the program');
  });

  it('says what keeps it from starting, whatever that is', () => {
    const code = join(temporaryFolder(), 'no-program.cjs');
    writeFileSync(code, `process.execPath = '/nonexistent'`);
    const words = ['--require', code, daemonProgram, '--device', '/nonexistent', '--pool-dir', '/nonexistent'];
    const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    expect(stderr).toBe('hv_kvp_daemon: spawn /nonexistent ENOENT\n');
    expect(status).toBe(1);
  });
});

const requests = 100;

/** Of the first line of a log. */
async function pidIn(lines: AsyncIterator<string>): Promise<number> {
  for (;;) {
    const [, pid] = /hv_kvp_daemon\[(\d+)\]/.exec(String((await lines.next()).value)) ?? [];
    if (pid !== undefined) return Number(pid);
  }
}
