import { existsSync } from 'node:fs';
import { join } from 'node:path';
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
  if (architecture === undefined) throw new Error(`packages are made for x64 and arm64, not for ${name}`);
  return architecture;
}

/** The addon for an architecture, below the checkout: the prebuilt one, or what was compiled here. @param {Architecture} architecture */
export function addonFor({ node }) {
  const prebuilt = `prebuilds/linux-${node}/hv_kvp.node`;
  if (existsSync(join(checkout, prebuilt))) return prebuilt;
  if (node !== process.arch) throw new Error(`there is no addon for ${node}: ${prebuilt} is missing`);
  return 'build/Release/hv_kvp.node';
}
