/** FILETIME counts 100 ns from 1601-01-01 UTC. */
const unitNanoseconds = 100n;

/** 1970-01-01 as a FILETIME (`HV_WLTIMEDELTA`). */
const unixEpoch = 116_444_736_000_000_000n;

/** Unix time in nanoseconds → Windows FILETIME, rounded down to its unit. */
export function fileTimeFromUnix(nanoseconds: bigint): bigint {
  const remainder = nanoseconds % unitNanoseconds;
  const roundedDown = nanoseconds - (remainder < 0n ? remainder + unitNanoseconds : remainder);
  return roundedDown / unitNanoseconds + unixEpoch;
}

/** Windows FILETIME → Unix time in nanoseconds. */
export function unixFromFileTime(fileTime: bigint): bigint {
  return (fileTime - unixEpoch) * unitNanoseconds;
}
