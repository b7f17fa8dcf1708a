import { listAt, type Tree, type TreeMap, withKey } from './yaml-tree.ts';

/** What one file says of a definition. The last file of several wins with its scalars; their lists are put together. */
export type Parts = readonly TreeMap[];

/**
 * Gives each item of the files' lists that is of a kind another value, by its number among them, or takes it away; further values
 * are added to the list that has the last of them.
 */
export function editLists(
  parts: Parts,
  key: string,
  isOfKind: (item: Tree) => boolean,
  replaced: (item: Tree | undefined, index: number) => Tree | undefined,
): Parts {
  let count = 0;
  const home = Math.max(
    parts.findLastIndex((part) => listAt(part, key).some(isOfKind)),
    parts.findLastIndex((part) => part[key] !== undefined),
  );
  const next = parts.map((part) => {
    const former = listAt(part, key);
    const list = former.flatMap((item) => {
      if (!isOfKind(item)) return [item];
      const value = replaced(item, count);
      count += 1;
      return value === undefined ? [] : [value];
    });
    return former.length === 0 ? part : withKey(part, key, list.length === 0 ? undefined : list);
  });
  const further: Tree[] = [];
  for (let value = replaced(undefined, count); value !== undefined; value = replaced(undefined, count)) {
    further.push(value);
    count += 1;
  }
  if (further.length === 0) return next;
  return withPart(next, home < 0 ? next.length - 1 : home, (part) =>
    withKey(part, key, [...listAt(part, key), ...further]),
  );
}

export function withPart(parts: Parts, index: number, change: (part: TreeMap) => TreeMap): Parts {
  return parts.map((part, own) => (own === index ? change(part) : part));
}
