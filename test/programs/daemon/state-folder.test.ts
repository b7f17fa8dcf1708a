import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, describe, it } from 'vitest';
import { askStatus } from '../../../src/control/client.ts';
import { Status } from '../../../src/message/status.ts';
import { DaemonProcess, daemonProgram } from '../../support/daemon-process.ts';
import { eventually } from '../../support/eventually.ts';
import { hvkvp } from '../../support/hvkvp-process.ts';
import { namespaces, needs } from '../../support/needs.ts';
import { simulated } from '../../support/simulated.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ok = { status: Status.ok };

/** What a state folder may be, and what makes it usable again; `$0` is the folder. */
const mishaps = {
  'a read-only file system': ['mount -t tmpfs -o ro tmpfs "$0"', 'mount -o remount,rw "$0"', 'EROFS'],
  'a full file system': [
    'mount -t tmpfs -o size=8k tmpfs "$0"; head -c 8192 /dev/zero >"$0/full"',
    'rm "$0/full"; mount -o remount,size=10M "$0"',
    'ENOSPC',
  ],
} as const;

describe('a state folder that cannot be written', () => {
  it.each(Object.entries(mishaps))(
    'costs no SET, and is told everywhere until it can be: %s',
    async (_, [mishap, end, code]) => {
      needs(namespaces);
      const { host, path } = simulated('linux');
      const folder = temporaryFolder();
      const [state, socket] = [join(folder, 'state'), join(folder, 'control')];
      mkdirSync(state);
      const program = [
        'unshare',
        '--mount',
        'sh',
        '-c',
        `${mishap}; exec "$@"`,
        state,
        process.execPath,
        daemonProgram,
      ] as const;
      const words = [
        '--device',
        path,
        '--pool-dir',
        join(folder, 'pools'),
        '--state-dir',
        state,
        '--control-socket',
        socket,
      ];
      const daemon = new DaemonProcess(words, {}, program);
      await daemon.living(host.negotiate());
      expect(await host.set(0, 'key', 'value')).toEqual(ok);
      expect(await host.set(0, 'key', 'other')).toEqual(ok);
      expect(await host.get(0, 'key')).toEqual({ ...ok, value: 'other' });
      expect(await daemon.logged('is changed without a journal')).toContain(code);
      expect(daemon.lines.filter((line) => line.includes('without a journal'))).toHaveLength(1);

      await eventually(() => statSync(socket, { throwIfNoEntry: false }) !== undefined);
      const troubles = async (): Promise<readonly string[]> =>
        (await askStatus({ path: socket })).pools
          .map(({ journalTrouble }) => journalTrouble)
          .filter((each) => each !== '');
      expect(await troubles()).toEqual([expect.stringContaining(code)]);
      expect((await hvkvp(['status', '--socket', socket])).stdout).toMatch(
        new RegExp(`^degraded +external has no journal: ${code}`, 'm'),
      );
      const metric = 'hyperv_kvp_pool_journaled{pool="0",name="external"}';
      expect((await hvkvp(['metrics', '--socket', socket])).stdout).toContain(`${metric} 0\n`);

      execFileSync('nsenter', ['--target', String(daemon.pid), '--mount', 'sh', '-c', end, state]);
      expect(await host.set(0, 'key', 'last')).toEqual(ok);
      await daemon.logged('is journaled again');
      expect(await troubles()).toEqual([]);
      expect((await hvkvp(['metrics', '--socket', socket])).stdout).toContain(`${metric} 1\n`);
    },
  );
});
