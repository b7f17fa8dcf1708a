import type { System } from '../../../src/message/dialect.ts';
import { again, atOnce, deviceRows, exits, gone, registered } from './device-rows.ts';
import type { Row } from './row.ts';

const mended = 'at the next request';

/** Everything that the system may do to the daemon, what comes of it, and who tests it: each row by its fault. */
export const matrix = {
  device: deviceRows,
  pools: [
    {
      fault: 'the disk is full',
      host: 'E_FAIL',
      log: ["error: cannot set a record of pool external (…): ENOSPC: no space left on device, write '…'"],
      resumes: mended,
      naive: 'half a record is left at the end of the file, and a line logged for each request',
    },
    {
      fault: 'the file system is read-only',
      host: 'E_FAIL',
      log: ["error: cannot set a record of pool external (…): EROFS: read-only file system, open '…'"],
      resumes: mended,
      naive: exits,
    },
    {
      fault: 'a pool file is deleted',
      host: 'its answer',
      log: [],
      resumes: atOnce,
      naive: 'it keeps writing to the file that no longer has a name',
    },
    ...['a folder', 'a FIFO'].map((other) => ({
      fault: `a pool file is replaced by ${other}`,
      host: 'E_FAIL' as const,
      log: [
        'warning: pool external (…) treated as empty: it is not a regular file',
        'error: cannot set a record of pool external (…): …',
      ],
      resumes: mended,
      naive: 'open waits for a writer, for ever',
    })),
    {
      fault: 'a pool file is replaced by a symbolic link',
      host: 'E_FAIL',
      log: [
        'warning: pool external (…) treated as empty: it is a symbolic link',
        'error: cannot set a record of pool external (…): …',
      ],
      resumes: mended,
      naive: 'it writes to whatever the link names',
    },
    {
      fault: 'another process holds a pool’s lock for long',
      host: 'E_FAIL',
      log: ['error: cannot set a record of pool external (…): ETIMEDOUT: process … (flock) holds its lock, flock'],
      resumes: mended,
      naive: 'it waits for the lock, and every other request with it',
    },
  ],
  system: [
    {
      fault: 'no descriptor is left to open the device again',
      host: 'its answer, once the fault is over',
      log: [gone, "warning: waiting for the device: EMFILE: too many open files, open 'DEVICE'", registered],
      resumes: again,
      naive: exits,
    },
    {
      fault: 'no descriptor is left for a pool',
      host: 'E_FAIL',
      log: ['error: cannot set a record of pool external (…): EMFILE: too many open files, open …'],
      resumes: mended,
      naive: exits,
    },
    {
      fault: 'a control group leaves it 96 MiB of memory',
      host: 'its answer',
      log: [],
      resumes: atOnce,
      naive: 'it grows with each request until the kernel kills it',
    },
    {
      fault: 'the wall clock jumps ten years ahead',
      host: 'its answer',
      log: [],
      resumes: atOnce,
      naive: 'every time limit has passed',
    },
    {
      fault: 'the wall clock jumps ten years back',
      host: 'its answer',
      log: [],
      resumes: atOnce,
      naive: 'a file that changes now is older than what is known of it',
    },
    {
      fault: 'the machine sleeps for an hour',
      host: 'its answer',
      log: [],
      resumes: atOnce,
      naive: 'everything that was due in the meantime happens at once',
    },
    {
      fault: 'SIGSTOP for minutes',
      host: 'the driver’s time-out',
      log: ['warning: dropped a late reply: the driver has already answered the host'],
      resumes: 'with SIGCONT; the request that waits gets its own answer',
      naive: 'the host takes the late reply for the answer to its next request',
    },
    {
      fault: 'SIGHUP, a thousand times',
      host: 'its answer',
      log: ['notice: configuration reloaded'],
      resumes: atOnce,
      naive: 'a thousand reloads run at the same time',
    },
  ],
  listeners: [
    {
      fault: 'the reader of standard error is gone',
      host: 'its answer',
      log: [],
      resumes: atOnce,
      naive: 'EPIPE or SIGPIPE ends it',
    },
    {
      fault: 'the reader of standard error does not read',
      host: 'its answer',
      log: ['warning: … log lines were lost: the reader was too slow'],
      resumes: 'at once; when there is room again, a line says how many were lost',
      naive: 'the write waits for the reader, and the host for the write',
    },
    {
      fault: 'eight control clients do not read, and a ninth comes',
      host: 'its answer',
      log: [],
      resumes: atOnce,
      naive: 'what they do not read is kept in memory for them',
    },
  ],
} as const satisfies Readonly<Record<string, readonly Row[]>>;

/** The lines that a system's daemon writes. */
export function logOf({ log }: Row, system: System): readonly string[] {
  return 'linux' in log ? log[system] : log;
}

export type Group = keyof typeof matrix;
