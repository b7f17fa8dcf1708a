import { closeSync, constants, fchmodSync, fchownSync, fstatSync, lstatSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeSystemError, unlessFails } from '../../device/system-error.ts';
import { usingFile } from '../../platform/using-file.ts';
import { privateModes } from '../../platform/private-modes.ts';
import type { User } from '../../platform/users.ts';
import { systemDisk } from '../../pools/disk.ts';
import { createPoolFile } from '../../pools/pool-file.ts';
import type { PoolOptions, PoolPaths } from '../../pools/pools.ts';
import { openNewTail } from '../../pools/tail.ts';
import { mayEnter } from '../../process/may-enter.ts';

/** What is known of the pools by root's own configuration. */
export type PoolSettings = Pick<PoolOptions, 'fileMode' | 'durability'>;

/** Sees to it that a pool's file is there and the user's; one that exists keeps its mode and group. */
export function handPoolOver({ path }: PoolPaths, { fileMode, durability }: PoolSettings, user: User): void {
  refuseLink(dirname(path));
  createPoolFile(path, fileMode, systemDisk, durability);
  letIn(dirname(path), user);
  giveFile(path, user);
}

/** The same for its journal, which is empty at first. */
export function handJournalOver({ journalPath }: PoolPaths, user: User): void {
  makeStateFolder(dirname(journalPath), user);
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL;
  const made = unlessFails(() => openSync(journalPath, flags, privateModes.file), 'EEXIST');
  if (made !== undefined) closeSync(made);
  giveFile(journalPath, user);
}

/** A new file of the user's for the end of a pool that a neighbour left: its descriptor. */
export function openTailFor({ tailPath }: PoolPaths, user: User): number {
  makeStateFolder(dirname(tailPath), user);
  const fd = openNewTail(tailPath, systemDisk);
  fchownSync(fd, user.uid, unchanged);
  return fd;
}

function makeStateFolder(folder: string, user: User): void {
  refuseLink(folder);
  systemDisk.makeFolder(folder, privateModes.folder);
  letIn(folder, user);
}

/** Before root makes anything where it leads: those of root's links that may be followed have been. */
function refuseLink(folder: string): void {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return;
  throw makeSystemError('ELOOP', 'open', `${folder} is a link that users other than root made or can replace`);
}

const unchanged = -1;
const enterByGroup = 0o050;

/** Opens a folder of root's to the user, by its group; the folder stays root's, so that nobody else can plant anything in it. */
function letIn(folder: string, user: User): void {
  usingFile(openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW), (fd) => {
    const status = fstatSync(fd);
    if (mayEnter(status, user)) return;
    if (status.uid !== process.geteuid?.() || status.gid !== process.getegid?.()) {
      throw makeSystemError(
        'EACCES',
        'open',
        `${folder} is not accessible for the daemon and does not belong to root alone`,
      );
    }
    fchownSync(fd, unchanged, user.gid);
    fchmodSync(fd, status.mode | enterByGroup);
  });
}

/** Only what is root's own to give: a regular file under one name; never by its path, which may come to lead elsewhere. */
function giveFile(path: string, { uid }: User): void {
  // Root without its capabilities could not open it.
  if (lstatSync(path).uid === uid) return;
  usingFile(openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK), (fd) => {
    const status = fstatSync(fd);
    if (!status.isFile()) throw makeSystemError('EINVAL', 'open', `${path} is not a regular file`);
    if (status.nlink !== 1) throw makeSystemError('EMLINK', 'open', `${path} has other hard links`);
    if (status.uid !== process.geteuid?.()) throw makeSystemError('EPERM', 'fchown', `${path} is not owned by root`);
    fchownSync(fd, uid, unchanged);
  });
}
