import { constants, fchownSync, fstatSync, openSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { unlessFails } from '../../device/system-error.ts';
import { poolNumbers } from '../../message/pool.ts';
import type { User } from '../../platform/users.ts';
import { usingFile } from '../../platform/using-file.ts';
import { type PoolOptions, poolPaths } from '../../pools/pools.ts';

type Places = Pick<PoolOptions, 'directory' | 'stateDirectory'>;

/** Makes what is a user's, or its group's, in the folders of pools and journals root's: whoever gets their numbers later shall not read it. */
export function handBack({ pools }: { readonly pools: Places }, user: User): void {
  // Root's own links are followed, as they are when the files are used.
  const [directory, stateDirectory] = [realPath(pools.directory), realPath(pools.stateDirectory)];
  const files = poolNumbers.map((pool) => poolPaths({ directory, stateDirectory }, pool).path);
  const ours = namesIn(stateDirectory).map((name) => join(stateDirectory, name));
  // The folders first: from then on nobody but root puts anything in them.
  for (const path of [directory, stateDirectory, ...files, ...ours]) giveToRoot(path, user);
}

function realPath(folder: string): string {
  return unlessFails(() => realpathSync(folder), ...missing) ?? folder;
}

function namesIn(folder: string): readonly string[] {
  return unlessFails(() => readdirSync(folder), ...missing) ?? [];
}

/** A file or folder; a link leads nowhere. */
function giveToRoot(path: string, { uid, gid }: User): void {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const fd = unlessFails(() => openSync(path, flags), ...missing);
  if (fd === undefined) return;
  usingFile(fd, () => {
    const status = fstatSync(fd);
    if (status.uid === uid || status.gid === gid) {
      fchownSync(fd, status.uid === uid ? 0 : status.uid, status.gid === gid ? 0 : status.gid);
    }
  });
}

/** What is not there, or is a link or a socket; EMLINK is FreeBSD's word for a link. */
const missing = ['ENOENT', 'ENOTDIR', 'ELOOP', 'EMLINK', 'ENXIO'];
