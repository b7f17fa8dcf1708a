import { join } from 'node:path';
import { missingTools } from './compiler.mjs';
import { unlessMade } from './fingerprint.mjs';
import { gypWords } from './node-gyp.mjs';
import { ExpectedError } from './plain-errors.mjs';
import { checkout, must } from './run.mjs';

/** @typedef {{ inputs: readonly string[], outputs: readonly string[], fingerprint: string, make: () => void }} Part */

const lock = 'package-lock.json';
const addon = ['binding.gyp', 'native', lock];

/** What can be built. @type {Readonly<Record<string, Part>>} */
export const parts = {
  native: nativePart('.', [...addon], ['hv_kvp.node', 'launcher']),
  twin: nativePart(
    'test/unit/native',
    [...addon, 'test/unit/native'],
    ['hv_kvp_twin.node', 'layout.node', 'twin_rows'],
  ),
  paths: nativePart('bench/native', [...addon, 'bench/native'], ['paths.node']),
  typescript: {
    inputs: ['src', 'tsconfig.json', 'tsconfig.build.json', 'scripts/bundle.mjs', lock],
    outputs: ['dist/library.js', 'dist/bin/hv_kvp_daemon.js', 'dist/bin/hvkvp.js', 'dist/bin/hyperv-kvp-helper.js'],
    fingerprint: 'build/made-typescript',
    make() {
      must('tsc', '-p', 'tsconfig.build.json');
      must('node', 'scripts/bundle.mjs');
    },
  },
};

/** Builds those that are out of date, in this order; ends this process if one cannot be built. @param {readonly string[]} names */
export function build(...names) {
  process.chdir(checkout);
  for (const name of names) {
    const part = parts[name];
    if (part === undefined) {
      throw new ExpectedError(`there is no part ${name} to build, only ${Object.keys(parts).join(', ')}`);
    }
    unlessMade(part, part.make);
  }
}

/** @param {string} folder @param {readonly string[]} inputs @param {readonly string[]} outputs @returns {Part} */
function nativePart(folder, inputs, outputs) {
  const release = join(folder, 'build/Release');
  return {
    inputs,
    outputs: outputs.map((output) => join(release, output)),
    fingerprint: join(folder, 'build/made'),
    make() {
      const missing = missingTools();
      if (missing !== undefined) throw new ExpectedError(`cannot build the addon: ${missing}`);
      must('node-gyp', ...gypWords(folder));
    },
  };
}
