import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../native/', import.meta.url));
const require = createRequire(import.meta.url);

/**
 * @typedef {object} PathsAddon
 * @property {(message: Buffer) => object} decodeRequest
 * @property {(message: Buffer, reply: import('../../src/message/reply.ts').Reply) => void} encodeReply
 */

/** Builds the addon that only this benchmark has. */
export function buildAddon() {
  execFileSync('npm', ['run', '--silent', 'build', '--', 'paths'], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** @returns {PathsAddon} */
export function loadAddon() {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- `require` knows no types; the cast is lost on the linter.
  const addon = /** @type {PathsAddon} */ (require(`${folder}build/Release/paths.node`));
  return addon;
}
