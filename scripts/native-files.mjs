import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from './run.mjs';

const folders = ['native', 'test/unit/native', 'test/adversary/fuzz/native', 'bench/peer', 'bench/native'];

/** Files of C and C++ that are written here. @returns {string[]} */
export function nativeFiles() {
  return folders.flatMap(filesIn);
}

/** @param {string} folder @returns {string[]} */
function filesIn(folder) {
  return readdirSync(join(checkout, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    // node-gyp makes that one.
    if (entry.isDirectory()) return entry.name === 'build' ? [] : filesIn(path);
    return /\.(?:cc|c|h)$/.test(entry.name) ? [path] : [];
  });
}
