/**
 * A function that works out its answer for an object once. Models are never changed after they were made, so an answer
 * stays true for as long as the object is there, and goes with it.
 */
export function memoizeByIdentity<K extends object, T>(work: (of: K) => T): (of: K) => T {
  const known = new WeakMap<K, { readonly answer: T }>();
  return (of) => {
    const kept = known.get(of);
    if (kept) return kept.answer;
    const answer = work(of);
    known.set(of, { answer });
    return answer;
  };
}
