/** Whether a pattern matches the empty text, read off it: no pattern of the code that is looked at is ever run. */

/** Longer ones are tables of data. */
const longest = 4096;

interface Group {
  /** What is before it in its sequence may be empty. */
  readonly before: boolean;
  /** An alternative of it may be empty. */
  either: boolean;
  readonly kind: "group" | "ahead" | "not ahead";
}

/**
 * Whether the pattern matches somewhere in the empty text, in one walk over it. `undefined` where it is no pattern, or where
 * the languages or their flags differ about what it says.
 */
export function matchesEmptyText(pattern: string, flags = ""): boolean | undefined {
  if (pattern.length > longest || /[vx]/.test(flags)) return undefined;
  const groups: Group[] = [];
  /** Whether the sequence may be empty without its last part, and whether that may. */
  let sequence = true;
  let last: boolean | undefined;
  let either = false;
  const close = (): void => {
    sequence &&= last ?? true;
    last = undefined;
  };
  for (let i = 0; i < pattern.length;) {
    const rest = pattern.slice(i, i + 64);
    const quantifier = quantifierAt(rest);
    if (quantifier) {
      if (last === undefined) return undefined;
      if (quantifier.least === 0) last = true;
      i += quantifier.length;
      // Nothing more may be repeated.
      if (quantifierAt(pattern.slice(i, i + 64))) return undefined;
      close();
      continue;
    }
    close();
    const open = /^\((?:\?(?::|=|!|<=|<!|P?<[A-Za-z_]\w{0,40}>))?/.exec(rest)?.[0];
    if (open !== undefined) {
      if (rest.startsWith("(?") && open === "(") return undefined;
      const kind = /^\(\?<?=$/.test(open)
        ? "ahead"
        : /^\(\?<?!$/.test(open)
          ? "not ahead"
          : "group";
      groups.push({ before: sequence, either, kind });
      [sequence, either] = [true, false];
      i += open.length;
    } else if (rest.startsWith("|")) {
      either ||= sequence;
      sequence = true;
      i++;
    } else if (rest.startsWith(")")) {
      const group = groups.pop();
      if (!group) return undefined;
      const inner = either || sequence;
      last = group.kind === "not ahead" ? !inner : inner;
      [sequence, either] = [group.before, group.either];
      i++;
    } else {
      const part = partAt(pattern, i);
      if (!part) return undefined;
      last = part.empty;
      i += part.length;
    }
  }
  close();
  return groups.length > 0 ? undefined : either || sequence;
}

function quantifierAt(rest: string): { least: number; length: number } | undefined {
  const [whole = "", mark, least = ""] =
    /^(?:([*+?])|\{(\d{1,9})(?:,\d{0,9})?\})\??/.exec(rest) ?? [];
  if (whole === "") return undefined;
  return { least: mark === "+" ? 1 : mark === undefined ? Number(least) : 0, length: whole.length };
}

/** One character, class, escape or anchor: whether it may match nothing, and how long it is written. */
function partAt(pattern: string, at: number): { empty: boolean; length: number } | undefined {
  const char = pattern.charAt(at);
  if (char === "^" || char === "$") return { empty: true, length: 1 };
  if (char === "[") return classAt(pattern, at);
  // `{` and `}` stand for themselves in one language only.
  if (char === "{" || char === "}") return undefined;
  if (char !== "\\") return { empty: false, length: 1 };
  const escape = /^\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|c[A-Z]|[dDsSwWtnrfv0]|[^A-Za-z0-9])/i.exec(
    pattern.slice(at, at + 8),
  )?.[0];
  return escape === undefined ? undefined : { empty: false, length: escape.length };
}

function classAt(pattern: string, at: number): { empty: boolean; length: number } | undefined {
  const start = pattern.startsWith("[^", at) ? at + 2 : at + 1;
  // An empty class in one language, a bracket in the other.
  if (pattern.charAt(start) === "]") return undefined;
  for (let i = start; i < pattern.length; i++) {
    if (pattern.charAt(i) === "\\") i++;
    else if (pattern.charAt(i) === "]") return { empty: false, length: i + 1 - at };
  }
  return undefined;
}
