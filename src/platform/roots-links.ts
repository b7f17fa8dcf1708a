import { lstatSync, readlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { unlessFails } from '../device/system-error.ts';
import { isHeldBy } from './roots-only.ts';

const root = [0];
/** As many as the kernel follows. */
const mostLinks = 40;

/**
 * Where an absolute path leads by links that root made, in folders in which only root can put anything; any other link stays in it, for
 * whoever opens it to refuse.
 */
export function followRootsLinks(path: string): string {
  let followed = path;
  for (let links = 0; links < mostLinks; links += 1) {
    const next = followFirst(followed);
    if (next === followed) break;
    followed = next;
  }
  return followed;
}

function followFirst(path: string): string {
  const names = path.split('/').slice(1);
  for (const count of names.keys()) {
    const each = `/${names.slice(0, count + 1).join('/')}`;
    // Where there is nothing, or nothing that we may see, it ends.
    const status = unlessFails(() => lstatSync(each));
    if (status === undefined) return path;
    if (!status.isSymbolicLink()) continue;
    if (status.uid !== 0 || !isHeldBy(root, dirname(each))) return path;
    return join(resolve(dirname(each), readlinkSync(each)), ...names.slice(count + 1));
  }
  return path;
}
