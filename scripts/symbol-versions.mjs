// What a prebuilt addon may ask the system's libraries for.
import { execFileSync } from 'node:child_process';

/** The newest versions of symbols that it may need. */
const newest = new Map([
  // Of RHEL 9, which Debian 12 and Ubuntu 22.04 have too: glibc 2.34, and GCC 11's libstdc++.
  ['GLIBC', '2.34'],
  ['GLIBCXX', '3.4.29'],
  ['CXXABI', '1.3.13'],
  // Of FreeBSD 14.0.
  ['FBSD', '1.7'],
]);

/** Versions of symbols that a program or library needs or has, such as GLIBC_2.34. @param {string} file @returns {string[]} */
export function neededVersions(file) {
  const listing = execFileSync('readelf', ['--version-info', file], { encoding: 'utf8' });
  return [...new Set(listing.match(/\b[A-Z]+_\d+(?:\.\d+)+\b/g))];
}

/** Those that are too new for the libraries there. @param {readonly string[]} versions @returns {string[]} */
export function tooNew(versions) {
  return versions.filter((version) => {
    const [library = '', number = ''] = version.split('_');
    const limit = newest.get(library);
    return limit !== undefined && limit.localeCompare(number, 'en', { numeric: true }) < 0;
  });
}
