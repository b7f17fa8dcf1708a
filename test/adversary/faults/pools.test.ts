import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { Status } from '../../../src/message/status.ts';
import { isSystemError } from '../../../src/device/system-error.ts';
import { neighbourWithLock } from '../../support/neighbour-with-lock.ts';
import type { FaultyGuest } from './faulty-guest.ts';
import { type Play, testFaults } from './test-faults.ts';

const linux = { systems: ['linux'] } as const;

/** A small file system for the pools that nobody else sees. Needs root. */
const onOwnFileSystem = {
  ...linux,
  launcher: ['unshare', '--mount', 'sh', '-c', 'mount -t tmpfs -o size=2m tmpfs FOLDER && exec "$@"', 'sh'],
};

const chunk = 4096;

function filler({ poolFile }: FaultyGuest): string {
  return join(poolFile(), '../filler');
}

/** To the last byte. */
function fill(path: string): void {
  try {
    for (;;) writeFileSync(path, Buffer.alloc(chunk), { flag: 'a' });
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'ENOSPC') throw error;
  }
}

function remount({ daemon, pools }: FaultyGuest, mode: 'ro' | 'rw'): void {
  const words = ['-t', String(daemon.pid), '-m', 'mount', '-o', `remount,${mode}`, pools];
  expect(spawnSync('nsenter', words, { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
}

function replacedBy(make: (path: string) => unknown): Play {
  return {
    ...linux,
    requests: 3,
    begin: ({ poolFile }) => {
      rmSync(poolFile());
      make(poolFile());
    },
    end: ({ poolFile }) => {
      rmSync(poolFile(), { recursive: true });
    },
  };
}

let neighbour: Awaited<ReturnType<typeof neighbourWithLock>> | undefined;

testFaults('pools', {
  'the disk is full': {
    ...onOwnFileSystem,
    requests: 3,
    begin: (guest) => {
      fill(filler(guest));
    },
    end: async (guest) => {
      expect(await guest.host.get(0, 'before')).toEqual({ status: Status.ok, value: 'value' });
      rmSync(filler(guest));
    },
  },
  'the file system is read-only': {
    ...onOwnFileSystem,
    // A file that is open for writing would keep it from being made so.
    isFirst: true,
    requests: 3,
    begin: (guest) => {
      remount(guest, 'ro');
    },
    end: (guest) => {
      remount(guest, 'rw');
    },
  },
  'a pool file is deleted': {
    begin: ({ poolFile }) => {
      rmSync(poolFile());
    },
  },
  'a pool file is replaced by a folder': replacedBy(mkdirSync),
  'a pool file is replaced by a FIFO': replacedBy((path) => spawnSync('mkfifo', [path])),
  'a pool file is replaced by a symbolic link': replacedBy((path) => {
    symlinkSync('/dev/null', path);
  }),
  'another process holds a pool’s lock for long': {
    configuration: '[pools]\nlock_timeout_ms = 50\n',
    ...linux,
    requests: 3,
    begin: async ({ poolFile }) => {
      neighbour = await neighbourWithLock(poolFile());
    },
    end: async ({ host }) => {
      expect(await host.get(1, 'none')).toEqual({ status: Status.noMoreItems, value: undefined });
      neighbour?.letGo();
    },
  },
});
