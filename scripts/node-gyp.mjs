import { nodeHeaders } from './node-headers.mjs';

/** What node-gyp is called with to build what the binding.gyp of a folder says. @param {string} folder @returns {string[]} */
export function gypWords(folder) {
  return ['configure', 'build', '-C', folder, '--loglevel=warn', ...headersOption()];
}

/** Keeps node-gyp from downloading headers that are on this machine. @returns {string[]} */
export function headersOption() {
  const headers = nodeHeaders();
  return headers === undefined ? [] : [`--nodedir=${headers}`];
}
