import { median } from '../rig/statistics.mjs';

const batches = 50;
const warmUpCalls = 20_000;

/** Nanoseconds that a call takes, the median of many batches. @param {() => unknown} call @param {number} calls in a batch */
export function costNs(call, calls) {
  for (let count = 0; count < warmUpCalls; count += 1) call();
  return median(Array.from({ length: batches }, () => batchNs(call, calls)));
}

/** @param {() => unknown} call @param {number} calls */
function batchNs(call, calls) {
  const start = process.hrtime.bigint();
  for (let count = 0; count < calls; count += 1) call();
  return Number(process.hrtime.bigint() - start) / calls;
}
