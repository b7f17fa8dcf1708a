import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** The checkout. This file runs compiled, in a folder below `build` for each lab that has it. */
export const checkout = rootAbove(import.meta.dirname);

function rootAbove(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : rootAbove(dirname(folder));
}

/** The lab's files that are not TypeScript: the module's C, the guest's scripts. */
export const labSources = join(checkout, 'test/lab/guest');

/** Where downloads and what is built of them are kept between runs; `HYPERV_KVP_GUEST_LAB` puts it elsewhere. */
export const cacheFolder =
  process.env['HYPERV_KVP_GUEST_LAB'] ??
  join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'hyperv-kvp/guest-lab');
