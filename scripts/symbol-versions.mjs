// The libraries that a prebuilt addon may ask for: those of RHEL 9, which Debian 12 and Ubuntu 22.04 have too.

/** The newest versions of symbols there: of glibc 2.34, and of GCC 11's libstdc++. */
const newest = new Map([
  ['GLIBC', '2.34'],
  ['GLIBCXX', '3.4.29'],
  ['CXXABI', '1.3.13'],
]);

/** Versions in what `objdump -T` prints that are too new for those libraries. @param {string} listing @returns {string[]} */
export function tooNew(listing) {
  const named = [...new Set(listing.match(/\b[A-Z]+_\d+(?:\.\d+)+\b/g))];
  return named.filter((version) => {
    const [library = '', number = ''] = version.split('_');
    const limit = newest.get(library);
    return limit !== undefined && limit.localeCompare(number, 'en', { numeric: true }) < 0;
  });
}
