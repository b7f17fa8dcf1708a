import { constants } from 'node:fs';
import { isDenied, isSystemError, unlessFails } from '../../device/system-error.ts';
import { poolNumbers } from '../../message/pool.ts';
import { type Disk, systemDisk } from '../../pools/disk.ts';
import { type PoolOptions, poolPaths } from '../../pools/pools.ts';
import type { Helper } from './helper.ts';
import type { HelperRequest } from '../protocol/request.ts';

/**
 * The disk for a daemon that may write the pools' files but not their folders: what it may not open, the helper is asked to make, or
 * to hand over.
 */
export function assistedDisk(places: Pick<PoolOptions, 'directory' | 'stateDirectory'>, helper: Helper): Disk {
  const requests = poolNumbers.map((pool) => ({ pool, ...poolPaths(places, pool) }));
  const requestFor = (path: string): HelperRequest | undefined => {
    for (const { pool, path: file, journalPath, tailPath } of requests) {
      if (path === file) return { request: 'pool', pool };
      if (path === journalPath) return { request: 'journal', pool };
      if (path.startsWith(`${tailPath}-`)) return { request: 'tail', pool };
    }
    return undefined;
  };
  return {
    ...systemDisk,
    open(path, flags, mode) {
      try {
        return systemDisk.open(path, flags, mode);
      } catch (error) {
        const request = requestFor(path);
        if (request === undefined || !(isDenied(error) || lacksFolder(error, flags))) throw error;
        const answer = helper.ask(request);
        if (answer === undefined) throw error;
        return answer.descriptor ?? systemDisk.open(path, flags, mode);
      }
    },
    // The file that is wanted in a folder of root's is asked for next.
    makeFolder: (path, mode) => unlessFails(() => systemDisk.makeFolder(path, mode), 'EACCES', 'EPERM'),
  };
}

function lacksFolder(error: unknown, flags: number): boolean {
  return isSystemError(error) && error.code === 'ENOENT' && (flags & constants.O_CREAT) !== 0;
}
