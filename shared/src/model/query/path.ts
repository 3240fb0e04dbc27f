/** Paths of calls and of routes. */

/** Whether a call's path may be one of a route; `{}` fits variables only. */
export function fits(pattern: string, path: string): boolean {
  let given = segmentFrom(path, 0);
  for (let wanted = segmentFrom(pattern, 0); wanted; wanted = segmentFrom(pattern, wanted.end)) {
    const [from, end] = [wanted.start, wanted.end];
    const isVariable = pattern[from] === "{" && pattern[end - 1] === "}";
    if (isVariable && pattern[end - 2] === "+") return given !== undefined;
    if (!given) return false;
    if (!isVariable && !isSame(pattern.slice(from, end), path, given)) return false;
    given = segmentFrom(path, given.end);
  }
  return given === undefined;
}

interface Segment {
  readonly start: number;
  readonly end: number;
}

/** The next segment at or behind an offset; empty ones do not count. */
function segmentFrom(path: string, offset: number): Segment | undefined {
  let start = offset;
  while (path[start] === "/") start++;
  if (start >= path.length) return undefined;
  const slash = path.indexOf("/", start);
  return { start, end: slash < 0 ? path.length : slash };
}

function isSame(text: string, path: string, { start, end }: Segment): boolean {
  return text.length === end - start && path.startsWith(text, start);
}
