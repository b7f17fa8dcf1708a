import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { guestMachine } from './folders.mjs';

/** @param {string} file @returns {Promise<unknown>} */
async function compiled(file) {
  /** @type {unknown} */
  const module = await import(pathToFileURL(join(guestMachine, file)).href);
  return module;
}

/** Installs those of the Debian packages that are missing, if allowed to. @param {readonly string[]} names */
export async function install(names) {
  const module = await compiled('packages.js');
  await /** @type {typeof import('../../test/guest/machine/packages.ts')} */ (module).install(names);
}

/** The `/usr` folder of Debian's package of the C daemon, unpacked in the cache that the guest test keeps. */
export async function stockDaemon() {
  const module = await compiled('stock-daemon.js');
  return await /** @type {typeof import('../../test/guest/machine/stock-daemon.ts')} */ (module).stockDaemon();
}
