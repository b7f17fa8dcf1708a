import { autoKeys } from '../auto-keys.mjs';
import { adapterMac } from '../rig/network.mjs';
import { guestPool } from '../rig/programs.mjs';

/**
 * What is measured: an operation, or two in turn so that the pool keeps its size.
 * @typedef {object} Exercise
 * @property {readonly string[]} names of the operations
 * @property {readonly string[]} requests
 * @property {boolean} succeeds whether the replies say so
 * @property {boolean} writes
 */

/** Never in a pool. */
const absent = 1_000_000;
const autoPool = 2;

/** On a pool of so many records. @param {number} records @returns {readonly Exercise[]} */
export function poolExercises(records) {
  const last = records - 1;
  const missing = `${guestPool} ${absent} ${absent}`;
  return [
    ...(records === 0 ? [] : exercisesOfRecords(last)),
    exercise(['GET miss'], [`get ${missing}`], false),
    exercise(['SET append', 'DELETE last'], [`set ${missing}`, `delete ${missing}`]),
  ];
}

/** @param {number} last */
function exercisesOfRecords(last) {
  return [
    exercise(['GET hit'], [`get ${guestPool} 0 ${last}`]),
    exercise(['ENUMERATE first'], [`enumerate ${guestPool} 0 0`]),
    exercise(['ENUMERATE last'], [`enumerate ${guestPool} ${last} ${last}`]),
    exercise(['ENUMERATE pass'], [`enumerate ${guestPool} 0 ${last}`]),
    exercise(['SET overwrite'], [`set ${guestPool} 0 ${last}`]),
  ];
}

/** What no pool file is asked for. @returns {readonly Exercise[]} */
export function otherExercises() {
  return [
    ...autoKeys.map((name, index) => exercise([name], [`enumerate ${autoPool} ${index} ${index}`])),
    exercise(['GET_IP_INFO miss'], ['get-ip-info 00:15:5D:FF:FF:FF'], false),
    exercise(['GET_IP_INFO hit'], [`get-ip-info ${adapterMac}`]),
  ];
}

/** @param {readonly string[]} names @param {readonly string[]} requests @returns {Exercise} */
function exercise(names, requests, succeeds = true) {
  return { names, requests, succeeds, writes: requests.some((request) => request.startsWith('set')) };
}
