import { isEqual, type Tree } from './yaml-tree.ts';

/** An item of a list, by its place if it is there already, and what it shall be; undefined: it goes. */
export type Aligned = readonly [number, Tree | undefined];

/** Items that are equal at both ends stay; those between take one another's place. */
export function align(former: readonly Tree[], wanted: readonly Tree[]): readonly Aligned[] {
  const start = commonLength(former, wanted);
  const end = commonLength(former.slice(start).reverse(), wanted.slice(start).reverse());
  const middle = former.slice(start, former.length - end).map((_, index) => start + index);
  const next = wanted.slice(start, wanted.length - end);
  return [
    ...former.slice(0, start).map((item, index) => [index, item] as const),
    ...middle.map((index, place) => [index, next[place]] as const),
    ...next.slice(middle.length).map((item) => [former.length, item] as const),
    ...former.slice(former.length - end).map((item, index) => [former.length - end + index, item] as const),
  ];
}

function commonLength(one: readonly Tree[], other: readonly Tree[]): number {
  const first = one.findIndex((item, index) => {
    const match = other[index];
    return match === undefined || !isEqual(item, match);
  });
  return first < 0 ? one.length : first;
}
