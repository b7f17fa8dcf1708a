import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Status } from '../../../src/message/status.ts';
import { DaemonProcess, daemonProgram } from '../../support/daemon-process.ts';
import { configureUser, rootlessHost, statusField, surroundings, user } from '../../support/given-up-rights.ts';

const ok = { status: Status.ok };

describe('a daemon that cannot give up root', () => {
  it('ends where it may not write the pools either, as under the stock daemon’s unit', async () => {
    const { words, pools } = surroundings();
    mkdirSync(pools, { recursive: true });
    writeFileSync(join(pools, '.kvp_pool_1'), '');
    chownSync(join(pools, '.kvp_pool_1'), user.uid, user.gid);
    const daemon = new DaemonProcess(words, {}, ['setpriv', '--bounding-set=-all', process.execPath, daemonProgram]);
    expect(await daemon.ended()).toBe(1);
    expect(daemon.lines.join('\n')).toMatch(/root has no right to write here: .*\.kvp_pool_1/);
  });

  it('continues as root and says so where there is no such user', async () => {
    const given = surroundings();
    configureUser(given, 'no-such-user');
    const { daemon, host } = await rootlessHost(given);
    await daemon.logged('continuing as root: there is no user no-such-user');
    expect(await host.set(0, 'key', 'value')).toEqual(ok);
    expect(statusField(daemon.pid, 'Uid')).toMatch(/^0\t/);
  });

  it.each(['-setgid', '-setuid', '-all'])(
    'continues as root where the system keeps it: capabilities %s',
    async (set) => {
      const { folder, words } = surroundings();
      const launcher = ['setpriv', `--bounding-set=${set}`, process.execPath, daemonProgram] as const;
      writeFileSync(join(folder, 'device'), '');
      const daemon = new DaemonProcess(words, {}, launcher);
      await daemon.logged('continuing as root: cannot change the user');
      await daemon.logged('ENODEV');
      expect(await daemon.terminate()).toBe(0);
    },
  );
});
