import { PoolNumber } from '../../message/pool.ts';

/** The pools that live in their files; the keys of pool 2 are made up when the host asks. */
export const filePools: readonly PoolNumber[] = [
  PoolNumber.external,
  PoolNumber.guest,
  PoolNumber.autoExternal,
  PoolNumber.autoInternal,
];

/** Where a key is looked for if no pool is named: what the host says goes before what the guest says. */
export const searchOrder: readonly PoolNumber[] = [
  PoolNumber.external,
  PoolNumber.autoExternal,
  PoolNumber.guest,
  PoolNumber.autoInternal,
];
