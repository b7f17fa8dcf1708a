import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { daemonProgram } from '../support/daemon-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const systemLog = join(import.meta.dirname, 'programs/system-log.py');

/** A /dev whose changes nobody else sees. */
const withOwnDevices = `
  mount -t tmpfs tmpfs "$0" && mkdir "$0/upper" "$0/work" &&
  mount -t overlay -o "lowerdir=/dev,upperdir=$0/upper,workdir=$0/work" overlay /dev && exec "$@"
`;

describe('hv_kvp_daemon in the background', () => {
  it('logs to the system, by its own name', () => {
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
});
