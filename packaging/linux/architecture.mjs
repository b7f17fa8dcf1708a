import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ExpectedError } from '../../scripts/plain-errors.mjs';
import { checkout } from './package-tree.mjs';

/** @typedef {{ node: string, debian: string, rpm: string, compiler: string }} Architecture as each of them calls it */

/** @type {Architecture[]} */
const architectures = [
  { node: 'x64', debian: 'amd64', rpm: 'x86_64', compiler: 'x86_64-linux-gnu' },
  { node: 'arm64', debian: 'arm64', rpm: 'aarch64', compiler: 'aarch64-linux-gnu' },
];

/** By the name that Node has for it. @param {string} name */
export function architectureOf(name) {
  const architecture = architectures.find(({ node }) => node === name);
  if (architecture === undefined) throw new ExpectedError(`packages are made for x64 and arm64, not for ${name}`);
  return architecture;
}

/** The folder of what is compiled for an architecture, below the checkout: the prebuilt one, or that of what was compiled here. @param {Architecture} architecture */
export function compiledFor({ node }) {
  const prebuilt = `prebuilds/linux-${node}`;
  if (existsSync(join(checkout, prebuilt))) return prebuilt;
  if (node !== process.arch) {
    throw new ExpectedError(`${prebuilt} is missing: npm pack makes it, with a compiler for ${node}`);
  }
  return 'build/Release';
}

/** @param {Architecture} architecture */
export function addonFor(architecture) {
  return join(compiledFor(architecture), 'hv_kvp.node');
}

/** A program of binutils for an architecture: of another one it has the compiler's name before its own. @param {Architecture} architecture @param {string} name */
export function toolFor({ node, compiler }, name) {
  return node === process.arch ? name : `${compiler}-${name}`;
}
