import { accessSync, constants, fchownSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Settings } from '../configuration/settings.ts';
import { native } from '../device/native.ts';
import { isDenied, isSystemError, makeSystemError, unlessFails } from '../device/system-error.ts';
import type { Log } from '../log/log.ts';
import { poolNumbers } from '../message/pool.ts';
import { privateModes } from '../platform/private-modes.ts';
import { findUser, type User } from '../platform/users.ts';
import { usingFile } from '../platform/using-file.ts';
import { poolPaths } from '../pools/pools.ts';
import { becomeUser, obstacleToBecoming, refusal } from '../process/become-user.ts';
import { Helper } from '../helper/client/helper.ts';
import { mayReach } from '../process/may-enter.ts';
import { firstPatienceMs, startHelper, type StartOptions } from '../helper/client/start-helper.ts';
import { programFolder } from '../process/program-folder.ts';

/** What a daemon has in place of root's rights; none of it if it stays what it is and wants no help. */
export interface Rights {
  readonly helper?: Helper;
  /** The device, opened before the rights were given up. */
  readonly device?: number;
}

/**
 * Gives root's rights up, if we have them and can; a helper keeps them. Whoever is not root was started with a helper at hand.
 */
export async function partWithRoot(settings: Settings, options: StartOptions): Promise<Rights> {
  const { user: name, helper: path } = settings.privileges;
  const { log } = options;
  if (name === '') return {};
  if (process.geteuid?.() !== 0) {
    if (path === '') return {};
    return { helper: new Helper({ connect: () => native.connectSeqpacket(path), firstPatienceMs, log }) };
  }
  const user = findUser(name);
  const obstacle = user === undefined ? `there is no user ${name}` : obstacleFor(user, settings);
  if (user !== undefined && obstacle === undefined) return await leaveRoot(user, settings, options);
  return stay(obstacle ?? '', settings, log);
}

function stay(obstacle: string, { pools }: Settings, log: Log): Rights {
  log.notice(`continuing as root: ${obstacle}`);
  for (const pool of poolNumbers) mustBeWritable(poolPaths(pools, pool).path);
  return {};
}

/** Root under a unit that leaves it no rights, as the stock daemon's, would refuse every change. */
function mustBeWritable(path: string): void {
  try {
    accessSync(path, constants.W_OK);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (isDenied(error)) throw makeSystemError('EACCES', 'access', `root has no right to write here: ${path}`);
  }
}

async function leaveRoot(user: User, settings: Settings, options: StartOptions): Promise<Rights> {
  const { log } = options;
  // Nobody opens it a second time either: the next run does, since the driver kills this one with the device.
  const isOpened = settings.platform.isOpenerTheDaemon;
  const device = isOpened ? unlessFails(() => native.openChannel(settings.device)) : undefined;
  if (isOpened && device === undefined) {
    return stay('the device cannot be opened now, and no helper could open it later', settings, log);
  }
  const [helper, { removeDeadSocket }] = await Promise.all([startHelper(options), import('../control/socket-file.ts')]);
  // One of root's, from before there was the user, could not even be asked whether anybody listens.
  await removeDeadSocket(settings.controlSocket);
  becomeUser(user, log);
  return { helper, ...(device !== undefined && { device }) };
}

function obstacleFor(user: User, settings: Settings): string | undefined {
  if (user.uid === 0) return 'the configured user is root';
  // What is loaded later must be there then.
  if (!mayReach(programFolder, user)) return `other users cannot read this program in ${programFolder}`;
  const giveFolder = (): void => {
    giveRuntimeFolder(settings, user);
  };
  return obstacleToBecoming(user) ?? refusal(giveFolder);
}

/** The control socket comes and goes in it. Others' folders are for the administrator to open. */
function giveRuntimeFolder({ controlSocket, platform }: Settings, { uid, gid }: User): void {
  const folder = platform.runtimeDirectory;
  if (dirname(controlSocket) !== folder) return;
  mkdirSync(folder, { recursive: true, mode: privateModes.folder });
  usingFile(openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW), (fd) => {
    fchownSync(fd, uid, gid);
  });
}
