import type { Row } from './row.ts';

const lost = { linux: 'E_FAIL', freebsd: 'the driver’s time-out' } as const;
export const gone = 'warning: device closed by the driver; waiting for it to return';
export const registered = 'notice: registered at DEVICE…';
export const again = 'opened again after 50 ms, then at growing intervals up to 5 s';
export const atOnce = 'at once';
export const exits = 'it exits, as the stock daemon does, and the host gets no more answers';

function failedToOpen(code: string, words: string): Row {
  return {
    fault: `open fails with ${code}, four times`,
    host: 'its answer, once the fault is over',
    log: [gone, `warning: waiting for the device: ${code}: ${words}, open 'DEVICE'`, registered],
    resumes: again,
    naive: exits,
  };
}

/** FreeBSD's driver has answered the host by then. */
function converted(error: string): string {
  return `warning: the driver has taken a reply and could not convert it: ${error}, write 'DEVICE'`;
}

function failed(call: 'read', code: string, words: string, naive: string): Row {
  return {
    fault: `${call} fails with ${code}`,
    host: lost,
    log: [`warning: device failed; waiting for it to return: ${code}: ${words}, ${call} 'DEVICE'`, registered],
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

/** What a driver, or its device, may do to the daemon. */
export const deviceRows = [
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
    log: ["warning: device failed; waiting for it to return: EIO: i/o error, read 'DEVICE'", registered],
    resumes: again,
    naive: 'each registration makes the next failure a new one to log',
  },
  {
    fault: 'read returns half a message',
    host: lost,
    log: ['warning: the driver sent … bytes; registering again', registered],
    resumes: again,
    naive: 'it answers what it has made of the half',
  },
  {
    fault: 'write fails with EINVAL',
    host: { linux: 'the driver’s time-out', freebsd: 'its answer' },
    log: {
      linux: ['warning: the driver rejected a reply: it no longer waits for one'],
      freebsd: [converted('EINVAL: invalid argument')],
    },
    resumes: atOnce,
    naive: exits,
  },
  {
    fault: 'write fails with EFAULT',
    host: { linux: 'E_FAIL', freebsd: 'its answer' },
    log: {
      linux: [
        "warning: device failed; waiting for it to return: EFAULT: bad address in system call argument, write 'DEVICE'",
        registered,
      ],
      freebsd: [converted('EFAULT: bad address in system call argument')],
    },
    resumes: `Linux: ${again}; FreeBSD: ${atOnce}`,
    naive: exits,
  },
  {
    fault: 'write takes half a message',
    host: lost,
    log: [
      "warning: device failed; waiting for it to return: EIO: … of … bytes were written, write 'DEVICE'",
      registered,
    ],
    resumes: again,
    naive: 'it takes the reply for written',
  },
  {
    fault: 'the driver never answers a registration, twice',
    host: 'its answer',
    log: [gone, 'warning: the driver has not answered a registration for 10 s; trying again', registered],
    resumes: 'registered again every 10 s until it is answered',
    naive: 'it waits for the answer for ever, and so does the host',
  },
  polled('POLLERR'),
  polled('POLLHUP'),
  polled('POLLNVAL'),
] as const satisfies readonly Row[];
