import type { AbstractValue } from "./values";

/**
 * Looks for something in a value and in what it is made of, depth first, each part once: values share parts, and after
 * `v = [v, v]` said forty times there are more paths through one than anybody can walk.
 * @param found the answer at one part, or `undefined` to look further
 * @param partsOf what a part is made of, as far as it matters to who looks
 */
export function firstWithin<T>(
  value: AbstractValue,
  found: (part: AbstractValue) => T | undefined,
  partsOf: (part: AbstractValue) => readonly AbstractValue[],
): T | undefined {
  const met = new Set<AbstractValue>();
  const left = [value];
  for (let part = left.pop(); part !== undefined; part = left.pop()) {
    if (met.has(part)) continue;
    met.add(part);
    const answer = found(part);
    if (answer !== undefined) return answer;
    left.push(...[...partsOf(part)].reverse());
  }
  return undefined;
}
