const half = 0.5;
const almostAll = 0.99;

/** @param {readonly number[]} values @returns {{ p50: number, p99: number, minimum: number, mean: number, count: number }} */
export function summary(values) {
  const sorted = Float64Array.from(values).sort();
  return {
    p50: percentile(sorted, half),
    p99: percentile(sorted, almostAll),
    minimum: sorted[0] ?? NaN,
    mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    count: sorted.length,
  };
}

/** @param {readonly number[]} values */
export function median(values) {
  return summary(values).p50;
}

/** @param {Float64Array} sorted @param {number} share */
function percentile(sorted, share) {
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? NaN;
}
