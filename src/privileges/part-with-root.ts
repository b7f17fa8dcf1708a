import { closeSync, constants, fchownSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Settings } from '../configuration/settings.ts';
import { native } from '../device/native.ts';
import { thisMachine } from '../platform/machine.ts';
import { privateModes } from '../platform/private-modes.ts';
import { findUser, type User } from '../platform/users.ts';
import { becomeUser } from './become-user.ts';
import { Helper } from './helper.ts';
import { mayReach } from './may-enter.ts';
import { programFolder, startHelper, type StartOptions } from './start-helper.ts';

/**
 * Gives root's rights up, if we have them and can, and returns the helper that keeps them; undefined where this process stays what
 * it is and no helper is wanted. Whoever is not root was started with a helper at hand.
 */
export async function partWithRoot(settings: Settings, options: StartOptions): Promise<Helper | undefined> {
  const { user: name, helper: path } = settings.privileges;
  const { log } = options;
  if (name === '') return undefined;
  if (process.geteuid?.() !== 0) {
    return path === '' ? undefined : new Helper({ connect: () => native.connectSeqpacket(path), log });
  }
  const user = findUser(thisMachine, name);
  const obstacle = user === undefined ? `there is no user ${name}` : obstacleFor(user);
  const helper =
    user === undefined || obstacle !== undefined ? undefined : await startAndLeave(user, settings, options);
  if (helper === undefined) log.notice(`goes on as root: ${obstacle ?? 'the system does not let us change the user'}`);
  return helper;
}

/** Undefined if we are still root. */
async function startAndLeave(user: User, settings: Settings, options: StartOptions): Promise<Helper | undefined> {
  const helper = await startHelper(options);
  giveRuntimeFolder(settings, user);
  if (becomeUser(user)) return helper;
  helper.dismiss();
  return undefined;
}

function obstacleFor(user: User): string | undefined {
  if (user.uid === 0) return 'the configured user is root';
  // What is loaded later must be there then.
  return mayReach(programFolder, user) ? undefined : `other users cannot read this program in ${programFolder}`;
}

/** The control socket comes and goes in it. Others' folders are for the administrator to open. */
function giveRuntimeFolder({ controlSocket, platform }: Settings, { uid, gid }: User): void {
  const folder = platform.runtimeDirectory;
  if (dirname(controlSocket) !== folder) return;
  mkdirSync(folder, { recursive: true, mode: privateModes.folder });
  const fd = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    fchownSync(fd, uid, gid);
  } finally {
    closeSync(fd);
  }
}
