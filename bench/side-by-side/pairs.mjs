import { judged, targetOf } from '../targets.mjs';

/**
 * An operation of ours beside the C daemon's.
 * @typedef {object} Pair
 * @property {string} operation
 * @property {number} records
 * @property {import('./compare.mjs').Measured} ours
 * @property {import('./compare.mjs').Measured} stock
 * @property {number} floorNs round trip to the echo, median
 * @property {number} ratio of the medians of whole round trips
 * @property {number} ratioAboveFloor the same without the floor's share
 * @property {number} judged which of the two the target is for
 * @property {number | undefined} target
 */

/** Pairs what was measured of a program with the C daemon's. @param {readonly import('./compare.mjs').Measured[]} measured @param {string} program @returns {readonly Pair[]} */
export function pairs(measured, program = 'ours') {
  return measured.flatMap((ours) => {
    const { operation, records } = ours;
    if (ours.program !== program) return [];
    /** @param {string} name */
    const same = (name) =>
      measured.find((own) => own.program === name && own.operation === operation && own.records === records);
    const stock = same('C');
    const floorNs = same('echo')?.p50;
    if (stock === undefined || floorNs === undefined) return [];
    const ratioAboveFloor = (ours.p50 - floorNs) / (stock.p50 - floorNs);
    const target = targetOf(operation, records);
    const ratio = ours.p50 / stock.p50;
    const own = judged(records, ratio, ratioAboveFloor);
    return [{ operation, records, ours, stock, floorNs, ratio, ratioAboveFloor, judged: own, target }];
  });
}
