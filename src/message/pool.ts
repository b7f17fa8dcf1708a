/** `enum hv_kvp_exchg_pool`: number and name of the five pools. */
export const PoolNumber = {
  /** The host's administrator to the guest. */
  external: 0,
  /** The guest to the host. */
  guest: 1,
  /** Automatic keys; answered live, never from the file. */
  auto: 2,
  /** Facts about the host, for the guest. */
  autoExternal: 3,
  /** Named in the header, used by nobody. */
  autoInternal: 4,
} as const;

export type PoolNumber = (typeof PoolNumber)[keyof typeof PoolNumber];

export type PoolName = keyof typeof PoolNumber;

/** The five in order of their numbers. */
export const poolNumbers: readonly PoolNumber[] = Object.values(PoolNumber);

export function isPoolNumber(number: number): number is PoolNumber {
  return number in poolNumbers;
}

// The keys of an object that is written out above are known.
const poolNames = Object.keys(PoolNumber) as readonly PoolName[];

export function poolName(pool: PoolNumber): PoolName {
  return poolNames.find((name) => PoolNumber[name] === pool) ?? 'autoInternal';
}
