import { constants } from 'node:fs';
import { isDenied, isSystemError, unlessFails } from '../../device/system-error.ts';
import type { PoolNumber } from '../../message/pool.ts';
import { type Disk, systemDisk } from '../../pools/disk.ts';
import type { Helper } from './helper.ts';

/**
 * The disk of a pool for a daemon that may write the pools' files but not their folders: what it may not open, the helper is asked to
 * make, or to hand over.
 */
export function assistedDisk(pool: PoolNumber, helper: Helper): Disk {
  return {
    ...systemDisk,
    open(part, path, flags, mode) {
      try {
        return systemDisk.open(part, path, flags, mode);
      } catch (error) {
        if (!(isDenied(error) || lacksFolder(error, flags))) throw error;
        const answer = helper.ask({ request: part, pool });
        if (answer === undefined) throw error;
        return answer.descriptor ?? systemDisk.open(part, path, flags, mode);
      }
    },
    // The file that is wanted in a folder of root's is asked for next.
    makeFolder: (path, mode) => unlessFails(() => systemDisk.makeFolder(path, mode), 'EACCES', 'EPERM'),
  };
}

function lacksFolder(error: unknown, flags: number): boolean {
  return isSystemError(error) && error.code === 'ENOENT' && (flags & constants.O_CREAT) !== 0;
}
