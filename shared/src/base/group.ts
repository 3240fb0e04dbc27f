/** What has a key, in order of appearance; `undefined` is no key, and what has several stands under each. */
export function groupBy<T>(
  all: readonly T[],
  keysOf: (one: T) => readonly (string | undefined)[],
): ReadonlyMap<string, readonly [T, ...T[]]> {
  const groups = new Map<string, [T, ...T[]]>();
  for (const one of all) {
    for (const key of new Set(keysOf(one))) {
      if (key === undefined) continue;
      const group = groups.get(key);
      if (group) group.push(one);
      else groups.set(key, [one]);
    }
  }
  return groups;
}

/** Plain data without what was said before, in order of appearance. */
export function uniqueBy<T>(all: readonly T[]): T[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}
