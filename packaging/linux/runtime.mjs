import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { checkout, run } from './package-tree.mjs';

/** The Node that standalone packages carry: of the series with long support. */
export const runtimeVersion = '24.21.0';

/**
 * A folder with that Node, as npm's registry has it for the architecture; npm fetches it once, and checks it.
 * @param {import('./architecture.mjs').Architecture} architecture
 */
export function runtimeFor({ node }) {
  const name = `node-linux-${node}`;
  const cache = join(checkout, 'build/runtime');
  const folder = join(cache, `${name}-${runtimeVersion}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const archive = run('npm', 'pack', '--silent', '--pack-destination', cache, `${name}@${runtimeVersion}`).trim();
  run('tar', '--extract', '--directory', cache, '--file', join(cache, archive));
  renameSync(join(cache, 'package'), folder);
  return folder;
}
