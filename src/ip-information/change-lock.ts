import { closeSync, constants, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { native } from '../device/native.ts';
import { describeLockHolder } from '../platform/lock-holder.ts';
import { privateModes } from '../platform/private-modes.ts';
import { answerWithin, type Deadline } from './deadline.ts';

/** The right to change addresses, which one process has at a time; the system takes it back when that process ends. */
export type ChangeLock = { readonly release: () => void } | { readonly holder: string };

/** Waits for the lock; says who has it when the time is over. */
export async function lockChanges(path: string, deadline: Deadline): Promise<ChangeLock> {
  mkdirSync(dirname(path), { recursive: true, mode: privateModes.folder });
  const fd = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, privateModes.file);
  let isOurs = false;
  try {
    isOurs = (await answerWithin(deadline, () => native.tryLock(fd, 'exclusive') || undefined)) ?? false;
    return isOurs
      ? {
          release: () => {
            closeSync(fd);
          },
        }
      : { holder: describeLockHolder(fd) };
  } finally {
    if (!isOurs) closeSync(fd);
  }
}
