/** The same text or number in every run, in place of what differs. */
export function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]): [string, unknown] => [
    key,
    volatile.has(key) && each !== null ? `<${key}>` : masked(each),
  ]);
  return Object.fromEntries(entries);
}

const volatile = new Set([
  ...['at', 'readAt', 'startedAt', 'lastRequestAt', 'pid', 'uid', 'version', 'path'],
  ...['durationUs', 'sum', 'sumUs', 'p50Us', 'p90Us', 'p99Us', 'maxUs', 'buckets'],
]);
