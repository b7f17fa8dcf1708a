import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The checkout. This file runs compiled, as `build/guest/test/lab/guest/machine/folders.js`. */
export const checkout = resolve(import.meta.dirname, '../../../../../..');

/** The lab's files that are not TypeScript: the module's C, the guest's scripts. */
export const labSources = join(checkout, 'test/lab/guest');

/** Where downloads and what is built of them are kept between runs; `HYPERV_KVP_GUEST_LAB` puts it elsewhere. */
export const cacheFolder =
  process.env['HYPERV_KVP_GUEST_LAB'] ??
  join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'hyperv-kvp/guest-lab');
