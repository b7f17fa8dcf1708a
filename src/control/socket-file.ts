import { lstatSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { createConnection, type Server } from 'node:net';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { isSystemError, makeSystemError } from '../device/system-error.ts';
import { privateModes } from '../platform/private-modes.ts';

/** A socket that listens under a name of the file system. */
export interface SocketFile {
  /** Takes the name away, unless it is another's by now. */
  remove(): void;
}

/**
 * Has a server listen at a path, for this user only. The socket that a dead daemon has left there is replaced; a living
 * one's stays: EADDRINUSE. Anything but a socket stays: EEXIST. The folder is created if need be.
 */
export async function listenAt(server: Server, path: string): Promise<SocketFile> {
  mkdirSync(dirname(path), { recursive: true, mode: privateModes.folder });
  await refuseOthers(path);
  // Under another name first, so that no moment passes in which there is no socket.
  const ownName = `${path}.${process.pid}`;
  rmSync(ownName, { force: true });
  const listening = once(server, 'listening');
  listenPrivately(server, ownName);
  await listening;
  const { ino } = lstatSync(ownName);
  renameSync(ownName, path);
  return {
    remove() {
      if (lstatSync(path, { throwIfNoEntry: false })?.ino === ino) rmSync(path, { force: true });
    },
  };
}

/** The socket is created with the mode 0600, whatever the starter's umask. */
function listenPrivately(server: Server, path: string): void {
  const umask = process.umask(allButOwn);
  try {
    server.listen(path);
  } finally {
    process.umask(umask);
  }
}

const allButOwn = 0o177;

/** Takes away the socket that a dead daemon has left; whatever else is there stays. */
export async function removeDeadSocket(path: string): Promise<void> {
  const isSocket = lstatSync(path, { throwIfNoEntry: false })?.isSocket() ?? false;
  if (isSocket && !(await isAlive(path))) rmSync(path, { force: true });
}

async function refuseOthers(path: string): Promise<void> {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status === undefined) return;
  if (!status.isSocket()) throw makeSystemError('EEXIST', 'listen', 'it exists and is not a socket', path);
  if (await isAlive(path)) throw makeSystemError('EADDRINUSE', 'listen', 'another daemon listens there', path);
}

/** Whether anybody listens. */
async function isAlive(path: string): Promise<boolean> {
  const socket = createConnection(path);
  try {
    await once(socket, 'connect');
    return true;
  } catch (error) {
    if (isSystemError(error) && ['ECONNREFUSED', 'ENOENT'].includes(error.code)) return false;
    throw error;
  } finally {
    socket.destroy();
  }
}
