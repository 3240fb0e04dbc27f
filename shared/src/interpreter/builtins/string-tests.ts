/** What tests of a text prove about an origin: most that look at a part of it let strangers through. */
import { parse } from "tldts";
import { replacedBetween } from "../../base/trim";
import type { TestSubject } from "../../ir/text-test";
import type { Span } from "../../ir/span";
import type { GuardTest, AbstractValue } from "../core/values";

/** Whether everybody can have a sub-domain of it (Public Suffix List, private domains): a page there may be anyone's. */
function isSharedHost(host: string): boolean {
  const { publicSuffix, isPrivate } = parse(`x.${host}`, { allowPrivateDomains: true });
  return isPrivate === true && publicSuffix === host;
}

/** Whether whoever likes can register a name below it: `dev`, `co.uk`. */
function isRegistry(host: string): boolean {
  const { publicSuffix, isPrivate } = parse(`x.${host}`, { allowPrivateDomains: true });
  return publicSuffix === host && isPrivate !== true;
}

/** `.example.com` as a suffix admits sub-domains only, and `https://host/` as a prefix nothing else; others admit strangers. */
export function affixGuard(
  affix: AbstractValue | undefined,
  how: "prefix" | "suffix",
  at: Span,
): GuardTest {
  if (affix?.t !== "const" || typeof affix.value !== "string") return { kind: "unknown", at };
  const text = affix.value;
  const sound =
    how === "suffix"
      ? (text.startsWith(".") && !isSharedHost(text.slice(1).toLowerCase())) || text.includes("://")
      : /^(?!https?:)[a-z+.-]+:\/\/?$|:\/\/localhost:$/.test(text);
  return sound
    ? { kind: "unknown", at }
    : { kind: "bypassable", how, subject: "receiver", texts: [{ text, at: affix.at }], at };
}

/** Patterns of origins are short; longer ones are not looked at. */
const longestPattern = 4096;

/** What a match against this pattern proves about an origin. */
export function patternGuard(
  pattern: string,
  subject: TestSubject,
  written: AbstractValue,
  at: Span,
): GuardTest {
  if (pattern.length > longestPattern) return { kind: "unknown", at };
  const plain = written.t === "const" ? written.value : undefined;
  const found = textsMatched(pattern)?.map((text) =>
    text === plain ? { text, at: written.at } : { text, pattern: true as const, at },
  );
  const loose = { kind: "bypassable", subject, ...(found ? { texts: found } : {}), at } as const;
  if (!pattern.startsWith("^") || !/[^\\]\$$/.test(pattern))
    return { ...loose, how: "unanchored-pattern" };
  if (hasLooseDot(pattern.slice(1, -1))) return { ...loose, how: "unescaped-dot" };
  const how = openEnd(pattern.slice(1, -1));
  return how ? { ...loose, how } : { kind: "unknown", at };
}

/**
 * How a pattern that is anchored at both ends lets strangers through: the host that it ends in is one where everybody can
 * have a sub-domain, begins in the middle of a name that anybody can register, or is not named at all.
 */
function openEnd(body: string): "suffix" | "open-host" | undefined {
  const whole = body.replace(/\((\?:)?:(\\d|\[0-9\])[+*]?(\{[\d,]+\})?\)\?$|:\\d[+*]$/, "");
  const tail = hostAtEnd(whole);
  const before = whole.slice(0, whole.length - tail.length);
  const host = tail.replaceAll("\\", "").toLowerCase();
  const isOpen = /(\.|\\S|\[\^[^\]]*\])[*+]\)?$/.test(before);
  if (host === "") return isOpen ? "open-host" : undefined;
  if (before === "" || /:(\/|\\\/){2}$/.test(before)) return undefined;
  // `(.*\.)?example\.com`: the part before ends in a dot, or is not there.
  const separate = host.startsWith(".") || /\\\.\)[?*]?$/.test(before);
  if (separate) return isSharedHost(host.replace(/^\./, "")) ? "suffix" : undefined;
  return isRegistry(host.slice(host.indexOf(".") + 1)) ? "suffix" : undefined;
}

/** The letters, hyphens and escaped dots that a pattern ends in. */
function hostAtEnd(pattern: string): string {
  let start = pattern.length;
  for (;;) {
    const two = pattern.slice(Math.max(0, start - 2), start);
    if (two === "\\." || two === "\\-") start -= 2;
    else if (/^[a-z0-9-]$/i.test(pattern.charAt(start - 1))) start--;
    else return pattern.slice(start);
  }
}

/** A `.` that stands between letters of a host name, where only `\.` would mean a dot. */
function hasLooseDot(body: string): boolean {
  const plain = replacedBetween(body, "[", "]", "#").replace(/\\./g, "#");
  return /[a-z0-9]\.[a-z]/i.test(plain);
}

const maxTexts = 8;

/**
 * The texts that a pattern matches when its dots are dots and its anchors are there: `^https://(app|qa).example.com`
 * matches two. `undefined` where it has more to it than letters, groups with alternatives, and `?`.
 */
export function textsMatched(pattern: string): readonly string[] | undefined {
  const body = pattern.replace(/^\^/, "").replace(/([^\\]|^)\$$/, "$1");
  const reader = { rest: body, depth: 0 };
  const found = alternatives(reader);
  return found && reader.rest === "" && found.length <= maxTexts ? found : undefined;
}

interface Reader {
  rest: string;
  /** Groups that are open. */
  depth: number;
}

/** Groups within groups; nobody writes more to name a few hosts. */
const deepest = 20;

function alternatives(reader: Reader): readonly string[] | undefined {
  let found = sequence(reader);
  while (found && found.length <= maxTexts && reader.rest.startsWith("|")) {
    reader.rest = reader.rest.slice(1);
    const next = sequence(reader);
    found = next && [...found, ...next];
  }
  return found;
}

function sequence(reader: Reader): readonly string[] | undefined {
  let found: readonly string[] = [""];
  while (reader.rest !== "" && !/^[|)]/.test(reader.rest)) {
    const part = atom(reader);
    if (!part || found.length * part.length > maxTexts * 2) return undefined;
    found = found.flatMap((before) => part.map((text) => before + text));
  }
  return found;
}

function atom(reader: Reader): readonly string[] | undefined {
  const part = /^\(/.test(reader.rest) ? group(reader) : character(reader);
  if (!part || !reader.rest.startsWith("?")) return part;
  reader.rest = reader.rest.slice(1);
  return [...part, ""];
}

function group(reader: Reader): readonly string[] | undefined {
  const open = /^\((\?:)?(?!\?)/.exec(reader.rest)?.[0];
  if (open === undefined || reader.depth >= deepest) return undefined;
  reader.rest = reader.rest.slice(open.length);
  reader.depth++;
  const found = alternatives(reader);
  reader.depth--;
  if (!reader.rest.startsWith(")")) return undefined;
  reader.rest = reader.rest.slice(1);
  return found;
}

function character(reader: Reader): readonly string[] | undefined {
  const found = /^(?:\\([^\w\s])|([^\\^$*+?()[\]{}|]))/.exec(reader.rest);
  if (!found) return undefined;
  reader.rest = reader.rest.slice(found[0].length);
  return [found[1] ?? found[2] ?? ""];
}
