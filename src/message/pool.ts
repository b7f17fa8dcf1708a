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

/** The five in order of their numbers. */
export const poolNumbers: readonly PoolNumber[] = Object.values(PoolNumber);

export function isPoolNumber(number: number): number is PoolNumber {
  return number in poolNumbers;
}

const names: Readonly<Record<PoolNumber, string>> = {
  [PoolNumber.external]: 'external',
  [PoolNumber.guest]: 'guest',
  [PoolNumber.auto]: 'auto',
  [PoolNumber.autoExternal]: 'auto-external',
  [PoolNumber.autoInternal]: 'auto-internal',
};

/** What people call a pool. */
export function poolName(pool: PoolNumber): string {
  return names[pool];
}

/** What else they are called: by the registry of a Windows guest and OpenBSD, by WMI's class, and by Linux's files and header. */
const aliases: Readonly<Record<PoolNumber, readonly string[]>> = {
  [PoolNumber.external]: ['HostExchangeItems'],
  [PoolNumber.guest]: ['GuestExchangeItems'],
  [PoolNumber.auto]: ['GuestIntrinsicExchangeItems'],
  [PoolNumber.autoExternal]: ['Guest/Parameters'],
  [PoolNumber.autoInternal]: [],
};

/** A pool by its number or one of its names, in whatever case and however its words are joined; undefined if there is none. */
export function poolNamed(text: string): PoolNumber | undefined {
  const plain = (name: string): string => name.toLowerCase().replaceAll(/[-_ ./\\]/g, '');
  return poolNumbers.find(
    (pool) =>
      text === String(pool) ||
      [names[pool], ...aliases[pool], `KVP_POOL_${names[pool]}`, `.kvp_pool_${pool}`].some(
        (name) => plain(name) === plain(text),
      ),
  );
}
