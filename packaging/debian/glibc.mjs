import { toolFor } from '../linux/architecture.mjs';
import { run } from '../linux/package-tree.mjs';

/**
 * The oldest release of glibc that has everything an addon asks for, such as "2.34".
 * @param {import('../linux/architecture.mjs').Architecture} architecture @param {string} addon
 */
export function newestGlibc(architecture, addon) {
  const symbols = run(toolFor(architecture, 'objdump'), '--dynamic-syms', addon);
  const releases = [...symbols.matchAll(/\bGLIBC_([\d.]+)/g)].map(([, release = '']) => release);
  const newest = releases.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
  if (newest === undefined) throw new Error(`${addon} asks for nothing of glibc`);
  return newest;
}
