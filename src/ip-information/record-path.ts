import { join } from 'node:path';

/** Where the record of a change under way is; the folder is the daemon's own. */
export function recordPath(stateDirectory: string): string {
  return join(stateDirectory, 'ip-injection.json');
}
