/**
 * Where in a function a name is mentioned last. What a variable holds behind that place makes no difference any more:
 * paths that differ in nothing else are one.
 *
 *     const auth = check(event);                       // { status: 401 } or { status: 403 } or null
 *     if (auth) return respond(auth.status);           // mentioned last here: what goes on behind it is one path
 *     return respond(200);
 */
import type { Range } from "../../ir/span";

/** The end of the last mention of each name; of one that a loop mentions, the loop's; of one in a function within, none. */
export type LastMentions = ReadonlyMap<string, number>;

const known = new WeakMap<object, LastMentions>();

/** The last mentions in a function's body. */
export function lastMentions(body: readonly object[]): LastMentions {
  let found = known.get(body);
  if (!found) {
    const mentions = new Map<string, number>();
    for (const stmt of body) visit(stmt, mentions, 0);
    known.set(body, (found = mentions));
  }
  return found;
}

interface Node {
  readonly k?: string;
  readonly name?: string;
  readonly at?: Range;
}

function visit(node: object, mentions: Map<string, number>, atLeast: number): void {
  const { k, name, at } = node as Node;
  if (k === "name" && name !== undefined && at) {
    const end = Math.max(at[1], atLeast);
    if (end > (mentions.get(name) ?? -1)) mentions.set(name, end);
    return;
  }
  const within =
    k === "function" || k === "class"
      ? Infinity
      : (k === "for" || k === "while") && at
        ? Math.max(at[1], atLeast)
        : atLeast;
  for (const part of Object.values(node)) {
    if (typeof part !== "object" || part === null) continue;
    if (Array.isArray(part)) {
      if (typeof part[0] === "number") continue;
      for (const item of part)
        if (typeof item === "object" && item !== null) visit(item as object, mentions, within);
    } else visit(part as object, mentions, within);
  }
}
