import type { System } from '../../src/message/dialect.ts';

/** What a host gets for a request that meets a fault. */
export type HostGets =
  | 'its answer'
  | 'its answer, once the fault is over'
  | 'E_FAIL'
  /** The driver answers E_FAIL itself: Linux's after 30 s, FreeBSD's after 5. */
  | 'the driver’s time-out';

export interface Row {
  readonly fault: string;
  readonly host: HostGets | Readonly<Record<System, HostGets>>;
  /** All lines, each once, however often the fault is met; DEVICE, FOLDER and … stand for what differs. */
  readonly log: readonly string[] | Readonly<Record<System, readonly string[]>>;
  /** When the next request is answered and a SET is on the disk again. */
  readonly resumes: string;
  /** What a daemon does that was written without the fault in mind. */
  readonly naive: string;
}

const lost = { linux: 'E_FAIL', freebsd: 'the driver’s time-out' } as const;
const gone = 'warning: the driver is gone; waiting for it';
const registered = 'notice: registered at DEVICE…';
const again = 'opened again after 50 ms, then ever later up to 5 s';
const atOnce = 'at once';
const mended = 'at the next request';

const exits = 'it exits, as the stock daemon, and the host gets nothing any more';

function failedToOpen(code: string, words: string): Row {
  return {
    fault: `open fails with ${code}, four times`,
    host: 'its answer, once the fault is over',
    log: [gone, `warning: waiting for the device: ${code}: ${words}, open 'DEVICE'`, registered],
    resumes: again,
    naive: exits,
  };
}

function failed(call: 'read' | 'write', code: string, words: string, naive: string): Row {
  return {
    fault: `${call} fails with ${code}`,
    host: lost,
    log: [`warning: the device failed, waiting for it: ${code}: ${words}, ${call} 'DEVICE'`, registered],
    resumes: again,
    naive,
  };
}

function polled(event: string): Row {
  return {
    fault: `poll reports ${event}`,
    host: lost,
    log: [gone, registered],
    resumes: again,
    naive: 'it spins on poll',
  };
}

/** Everything that the system may do to the daemon, what comes of it, and who tests it: each row by its fault. */
export const matrix = {
  device: [
    failedToOpen('EBUSY', 'resource busy or locked'),
    failedToOpen('EACCES', 'permission denied'),
    failedToOpen('ENOENT', 'no such file or directory'),
    failedToOpen('ENXIO', 'no such device or address'),
    {
      fault: 'the device disappears and comes back',
      host: 'its answer, once the fault is over',
      log: [gone, "warning: waiting for the device: ENOENT: no such file or directory, open 'DEVICE'", registered],
      resumes: again,
      naive: 'it keeps the dead descriptor',
    },
    {
      fault: 'read is interrupted (EINTR), five times',
      host: 'its answer',
      log: [],
      resumes: atOnce,
      naive: 'it takes EINTR for a failure',
    },
    failed('read', 'EINVAL', 'invalid argument', exits),
    failed('read', 'EBADF', 'bad file descriptor', exits),
    failed('read', 'EIO', 'i/o error', exits),
    {
      fault: 'read fails with EIO at three requests',
      host: lost,
      log: ["warning: the device failed, waiting for it: EIO: i/o error, read 'DEVICE'", registered],
      resumes: again,
      naive: 'each registration makes the next failure a new one to log',
    },
    {
      fault: 'read returns half a message',
      host: lost,
      log: ['warning: the driver sent … bytes; starting anew', registered],
      resumes: again,
      naive: 'it answers what it has made of the half',
    },
    {
      fault: 'write fails with EINVAL',
      host: 'the driver’s time-out',
      log: {
        linux: ['warning: the driver did not take a reply: it does not wait for one any more'],
        freebsd: ["warning: the device failed, waiting for it: EINVAL: invalid argument, write 'DEVICE'", registered],
      },
      resumes:
        'Linux: at once, for the driver only refuses what it does not wait for; FreeBSD: as after other failures',
      naive: exits,
    },
    failed('write', 'EFAULT', 'bad address in system call argument', exits),
    {
      fault: 'write takes half a message',
      host: lost,
      log: ["warning: the device failed, waiting for it: EIO: … of … bytes were taken, write 'DEVICE'", registered],
      resumes: again,
      naive: 'it takes the reply for written',
    },
    polled('POLLERR'),
    polled('POLLHUP'),
    polled('POLLNVAL'),
  ],
  pools: [
    {
      fault: 'the disk is full',
      host: 'E_FAIL',
      log: ['error: cannot set a record of pool external (…): ENOSPC: no space left on device, write'],
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
      naive: 'it goes on writing to the file that has no name',
    },
    ...['a folder', 'a FIFO'].map((other) => ({
      fault: `a pool file is replaced by ${other}`,
      host: 'E_FAIL' as const,
      log: [
        'warning: pool external (…) counts as empty: it is not a regular file',
        'error: cannot set a record of pool external (…): …',
      ],
      resumes: mended,
      naive: 'open waits for a writer, for ever',
    })),
    {
      fault: 'a pool file is replaced by a symbolic link',
      host: 'E_FAIL',
      log: [
        'warning: pool external (…) counts as empty: it is a symbolic link',
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
      fault: 'no descriptor is left when the device is to be opened again',
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
      naive: 'every limit of time is over',
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
      naive: 'all that was due meanwhile happens at once',
    },
    {
      fault: 'SIGSTOP for minutes',
      host: 'the driver’s time-out',
      log: ['warning: a reply came too late and was dropped: the driver has answered the host itself'],
      resumes: 'with SIGCONT; the request that waits gets its own answer',
      naive: 'the host takes the late reply for the answer to its next request',
    },
    {
      fault: 'SIGHUP, a thousand times',
      host: 'its answer',
      log: ['notice: the configuration was read anew'],
      resumes: atOnce,
      naive: 'a thousand readings run side by side',
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
      log: ['warning: … log lines were lost: nobody read them'],
      resumes: 'at once; when there is room again, a line tells how many were lost',
      naive: 'the write waits for the reader, and the host for the write',
    },
    {
      fault: 'eight control clients do not read, and a ninth comes',
      host: 'its answer',
      log: [],
      resumes: atOnce,
      naive: 'what they do not read is kept for them',
    },
  ],
} as const satisfies Readonly<Record<string, readonly Row[]>>;

/** The lines that a system's daemon writes. */
export function logOf({ log }: Row, system: System): readonly string[] {
  return 'linux' in log ? log[system] : log;
}

export type Group = keyof typeof matrix;
