import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder whose `include/node` has the headers of the running Node, so that nothing is downloaded: beside the program, as Node's own archives have
 * them; in the package that npm's `node` gets its program from; or where distributions install them.
 * @returns {string | undefined}
 */
export function nodeHeaders() {
  const prefix = dirname(dirname(realpathSync(process.execPath)));
  const fromNpm = `node-${process.platform}-${process.arch}`;
  const places = [prefix, join(prefix, 'node_modules', fromNpm), join(dirname(prefix), fromNpm), '/usr', '/usr/local'];
  return places.find(hasHeaders);
}

/** @param {string} place */
function hasHeaders(place) {
  const version = contents(join(place, 'include/node/node_version.h'));
  const [major] = process.versions.node.split('.');
  return /^#define NODE_MAJOR_VERSION (\d+)$/m.exec(version)?.[1] === major;
}

/** @param {string} file */
function contents(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return '';
    throw error;
  }
}
