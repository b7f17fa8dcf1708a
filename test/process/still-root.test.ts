import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Status } from '../../src/message/status.ts';
import { DaemonProcess } from '../support/daemon-process.ts';
import { configureUser, rootlessHost, statusField, surroundings } from '../support/given-up-rights.ts';

const ok = { status: Status.ok };

describe('a daemon that cannot give up root', () => {
  it('goes on as root and says so where there is no such user', async () => {
    const given = surroundings();
    configureUser(given, 'no-such-user');
    const { daemon, host } = await rootlessHost(given);
    await daemon.logged('goes on as root: there is no user no-such-user');
    expect(await host.set(0, 'key', 'value')).toEqual(ok);
    expect(statusField(daemon.pid, 'Uid')).toMatch(/^0\t/);
  });

  it.each(['-setgid', '-setuid', '-all'])('goes on as root where the system keeps it: capabilities %s', async (set) => {
    const { folder, words } = surroundings();
    const launcher = ['setpriv', `--bounding-set=${set}`, process.execPath] as const;
    writeFileSync(join(folder, 'device'), '');
    const daemon = new DaemonProcess(words, {}, launcher);
    await daemon.logged('goes on as root: the system does not let us');
    await daemon.logged('ENODEV');
    expect(await daemon.terminate()).toBe(0);
  });
});
