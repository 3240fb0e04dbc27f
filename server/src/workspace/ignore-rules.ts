/**
 * Patterns as `.gitignore` has them. Each is matched by walking over it and the path, in time that grows with the product
 * of their lengths: a pattern of a stranger can be nothing worse than slow to read.
 */
import { matchesTokens, type WildcardToken } from "../../../shared/src/base/wildcard";

/** What the rules say of a path; neither: nothing. */
export interface Verdict {
  readonly ignored: boolean;
  readonly unignored: boolean;
}

interface Rule {
  readonly negated: boolean;
  readonly foldersOnly: boolean;
  /** Of a path's segments; `**` stands for any number of them. */
  readonly segments: readonly string[];
}

/** More rules than this, or longer ones, nobody writes by hand; those behind are left out. */
const mostRules = 2000;
const longestRule = 1000;

export class IgnoreRules {
  readonly #rules: readonly Rule[];

  constructor(lines: readonly string[]) {
    this.#rules = lines
      .slice(0, mostRules * 4)
      .flatMap((line) => ruleOf(line) ?? [])
      .slice(0, mostRules);
  }

  /** The rules in a file's text. */
  static of(text: string): IgnoreRules {
    return new IgnoreRules(text.split(/\r?\n/));
  }

  /** What the rules say of a path relative to where they stand, or of a folder above it. A folder's path ends with `/`. */
  test(path: string): Verdict {
    const segments = path.split("/");
    const isFolder = segments.at(-1) === "";
    if (isFolder) segments.pop();
    // What lies in an ignored folder cannot be taken back.
    for (let length = 1; length < segments.length; length++) {
      if (this.#verdict(segments.slice(0, length), true)?.negated === false) {
        return { ignored: true, unignored: false };
      }
    }
    const rule = this.#verdict(segments, isFolder);
    return { ignored: rule?.negated === false, unignored: rule?.negated === true };
  }

  ignores(path: string): boolean {
    return this.test(path).ignored;
  }

  #verdict(path: readonly string[], isFolder: boolean): Rule | undefined {
    return this.#rules.findLast(
      (rule) => (isFolder || !rule.foldersOnly) && matchesSegments(rule.segments, path),
    );
  }
}

function ruleOf(line: string): Rule | undefined {
  if (line.length > longestRule || line.startsWith("#")) return undefined;
  const negated = line.startsWith("!");
  let pattern = withoutTrailingBlanks(negated ? line.slice(1) : line);
  const foldersOnly = pattern.endsWith("/");
  if (foldersOnly) pattern = pattern.slice(0, -1);
  // A slash at the beginning or in the middle ties the pattern to its folder.
  const isAnchored = pattern.includes("/");
  const segments = (pattern.startsWith("/") ? pattern.slice(1) : pattern).split("/");
  if (segments.every((segment) => segment === "")) return undefined;
  return { negated, foldersOnly, segments: isAnchored ? segments : ["**", ...segments] };
}

/** Blanks at the end count where a backslash stands before them only. */
function withoutTrailingBlanks(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === " " && line[end - 2] !== "\\") end--;
  return line.slice(0, end);
}

/** Whether segments fit; places of the path that the pattern so far leads to are carried along. */
function matchesSegments(pattern: readonly string[], path: readonly string[]): boolean {
  let reached = new Set([0]);
  for (const [i, segment] of pattern.entries()) {
    const next = new Set<number>();
    if (segment === "**") {
      const [first] = [...reached].sort((a, b) => a - b);
      // At the end it stands for something: `a/**` is all in `a`, and not `a`.
      const from = (first ?? 0) + (i === pattern.length - 1 && i > 0 ? 1 : 0);
      for (let place = from; place <= path.length; place++) next.add(place);
    } else {
      for (const place of reached) {
        const text = path[place];
        if (text !== undefined && matchesSegment(segment, text)) next.add(place + 1);
      }
    }
    if (next.size === 0) return false;
    reached = next;
  }
  return reached.has(path.length);
}

/** `*`, `?`, `[a-z]` and `\x` within one segment. */
function matchesSegment(pattern: string, text: string): boolean {
  const tokens = tokensOf(pattern);
  return tokens !== undefined && matchesTokens(tokens, text);
}

const known = new Map<string, readonly WildcardToken[] | undefined>();

/** The parts of a segment; `undefined` for one that ends within a class or an escape, which matches nothing. */
function tokensOf(pattern: string): readonly WildcardToken[] | undefined {
  if (known.has(pattern)) return known.get(pattern);
  const tokens = read(pattern);
  if (known.size < 10_000) known.set(pattern, tokens);
  return tokens;
}

function read(pattern: string): readonly WildcardToken[] | undefined {
  const tokens: WildcardToken[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern.charAt(i);
    if (char === "*") {
      if (tokens.at(-1) !== "*") tokens.push("*");
    } else if (char === "?") tokens.push(() => true);
    else if (char === "[") {
      const set = classAt(pattern, i);
      if (!set) return undefined;
      tokens.push(set.has);
      i = set.end;
    } else if (char === "\\") {
      const escaped = pattern[++i];
      if (escaped === undefined) return undefined;
      tokens.push((each) => each === escaped);
    } else tokens.push((each) => each === char);
  }
  return tokens;
}

function classAt(
  pattern: string,
  at: number,
): { readonly has: (char: string) => boolean; readonly end: number } | undefined {
  const negated = /^[!^]/.test(pattern.slice(at + 1, at + 2));
  const ranges: (readonly [string, string])[] = [];
  for (let i = at + (negated ? 2 : 1), first = true; i < pattern.length; i++, first = false) {
    let char = pattern.charAt(i);
    if (char === "]" && !first) {
      const has = (each: string): boolean =>
        ranges.some(([from, to]) => from <= each && each <= to) !== negated;
      return { has, end: i };
    }
    if (char === "\\") char = pattern.charAt(++i);
    const isRange = pattern[i + 1] === "-" && i + 2 < pattern.length && pattern[i + 2] !== "]";
    ranges.push([char, isRange ? pattern.charAt(i + 2) : char]);
    if (isRange) i += 2;
  }
  return undefined;
}
