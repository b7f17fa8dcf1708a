import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { guestMachine } from './folders.mjs';

/** @param {string} file @returns {Promise<unknown>} */
async function compiled(file) {
  /** @type {unknown} */
  const module = await import(pathToFileURL(join(guestMachine, file)).href);
  return module;
}

/**
 * Installs those of the Debian packages that are missing, if allowed to. Returns the `/usr` folder of the C daemon's
 * package, unpacked in the cache that the guest test keeps.
 * @param {readonly string[]} tools
 */
export async function prepareStockDaemon(tools) {
  const packages = /** @type {typeof import('../../test/lab/guest/machine/packages.ts')} */ (
    await compiled('packages.js')
  );
  const cache = /** @type {typeof import('../../test/lab/guest/machine/cache.ts')} */ (await compiled('cache.js'));
  const stock = /** @type {typeof import('../../test/lab/guest/machine/stock-daemon.ts')} */ (
    await compiled('stock-daemon.js')
  );
  if (!existsSync(cache.cachePath('hyperv-daemons'))) await packages.refreshLists();
  await packages.install(tools);
  return await stock.stockDaemon();
}
