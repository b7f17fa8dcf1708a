/** What takes the place of what: undefined where nothing does. */
export interface Succession<Former, Next> {
  readonly pairs: readonly (readonly [Former, Next | undefined])[];
  /** What comes besides. */
  readonly further: readonly Next[];
}

/** What is wanted and there already stays; of the others the first takes the place of the first, and so on. */
export function succession<Former, Next>(
  former: readonly Former[],
  wanted: readonly Next[],
  isSame: (one: Former, other: Next) => boolean,
): Succession<Former, Next> {
  const kept = new Map<Former, Next>();
  for (const next of wanted) {
    const same = former.find((one) => !kept.has(one) && isSame(one, next));
    if (same !== undefined) kept.set(same, next);
  }
  const present = new Set(kept.values());
  const others = wanted.filter((next) => !present.has(next));
  let used = 0;
  const pairs = former.map((one) => {
    if (kept.has(one)) return [one, kept.get(one)] as const;
    used += 1;
    return [one, others[used - 1]] as const;
  });
  return { pairs, further: others.slice(used) };
}
