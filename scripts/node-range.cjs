// The range of package.json's engines, such as "^20.19.0 || >=22.3.0". Written so that a Node that is too old can still read it.
'use strict';

/** @typedef {{ oldest: string, isOneSeries: boolean }} Part */

/** Oldest first. @type {Part[]} */
exports.parts = require('../package.json')
  .engines.node.split(' || ')
  .map(function (/** @type {string} */ part) {
    return { oldest: part.replace(/^\D+/, ''), isOneSeries: part.charAt(0) === '^' };
  });

/** What is wrong with a version, undefined if nothing is. @param {string} version */
exports.complaintAbout = function (version) {
  var isAdmitted = exports.parts.some(function (part) {
    return !isOlder(version, part.oldest) && (!part.isOneSeries || parseInt(version, 10) === parseInt(part.oldest, 10));
  });
  if (isAdmitted) return undefined;
  var newer = exports.parts.filter(function (part) {
    return isOlder(version, part.oldest);
  });
  return 'Node ' + version + ' is too old: hyperv-kvp needs ' + (newer[0] || {}).oldest + ' or later';
};

/** @param {string} version @param {string} than */
function isOlder(version, than) {
  var own = version.split('.');
  var its = than.split('.');
  for (var index = 0; index < its.length; index += 1) {
    if (Number(own[index]) !== Number(its[index])) return Number(own[index]) < Number(its[index]);
  }
  return false;
}
