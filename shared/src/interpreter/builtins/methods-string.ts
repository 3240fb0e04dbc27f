/** Methods of texts, and tests of a part of the request as a text. */
import { isAnyName } from "../core/header-names";
import { isText, template } from "../syntax/texts";
import type { Span } from "../../ir/span";
import { taintOf } from "../core/constraints";
import { matchesEmptyText } from "./empty-match";
import { affixGuard, patternGuard } from "./string-tests";
import { elementsOf } from "../core/elements";
import type { Method } from "./methods";
import { membership } from "../syntax/operators";
import { joinPath } from "../../base/file-paths";
import { boundedItems, madeText, mostParts, payForParts } from "../core/size";
import type { Evaluation } from "../core/state";
import { array, known, unknown } from "../core/values";
import type {
  CallArgs,
  GuardTest,
  RequestValue,
  Scope,
  Predicate,
  AbstractValue,
} from "../core/values";
import { callUnseen } from "../syntax/unseen";

type Text = AbstractValue;

/** Methods that leave an origin comparable. */
const same = new Set(["trim", "strip", "toString", "valueOf", "toLowerCase", "lower", "casefold"]);

export function stringMethod(
  run: Evaluation,
  scope: Scope,
  value: Text,
  name: string,
): Method | undefined {
  if (value.t === "request" && same.has(name)) return () => value;
  if (isAnyName(value) && /^(toUpperCase|upper|title|capitalize)$/.test(name)) return () => value;
  switch (name) {
    case "startsWith":
    case "startswith":
      return ({ positional: [other], at }) => affix(value, other, at, "prefix");
    case "endsWith":
    case "endswith":
      return ({ positional: [other], at }) => affix(value, other, at, "suffix");
    case "split":
      if (!isText(value) || value.t === "const") break;
      return ({ at }) => array([], at, "the parts of a text that is not known");
    case "find":
    case "count":
    case "rfind":
    case "lastIndexOf":
      if (!isText(value)) break;
      return ({ positional: [other], at }) => place(value, other, name, at);
    case "includes":
    case "contains":
    case "has":
    case "indexOf":
      if (value.t !== "unknown" && name === "has") return undefined;
      return (args) => {
        const [other] = args.positional;
        if (value.t === "unknown" && other?.t !== "request" && !isEmptyText(other))
          return callUnseen(run, scope, args, value.because, value);
        return place(value, other, name, args.at);
      };
    case "test":
    case "match":
    case "search":
    case "fullmatch":
    case "exec":
      return ({ positional: [other], at }) => patternTest(value, other, name, at);
  }
  return value.t === "const" && typeof value.value === "string"
    ? constantMethod(run, scope, value.value, value, name)
    : undefined;
}

/** Where a text stands in another, or how often; of texts that are not both known, whether it does. */
function place(
  value: AbstractValue,
  other: AbstractValue | undefined,
  name: string,
  at: Span,
): AbstractValue {
  if (!other) return unknown("a test", at);
  if (value.t === "const" && other.t === "const" && typeof value.value === "string") {
    const part = String(other.value);
    if (name === "indexOf" || name === "find") return known(value.value.indexOf(part), at);
    if (name === "lastIndexOf" || name === "rfind") return known(value.value.lastIndexOf(part), at);
    if (name === "count") return known(occurrences(value.value, part), at);
  }
  return membership(value, other, at, true);
}

function affix(
  value: AbstractValue,
  other: AbstractValue | undefined,
  at: Span,
  how: "prefix" | "suffix",
): AbstractValue {
  // Python takes a tuple of them.
  if (value.t === "request" && other?.t === "array" && other.items.length > 0) {
    const guards = other.items.map((one) => affixGuard(one, how, at));
    const loose = guards.find(({ kind }) => kind === "bypassable");
    return guarded(value, loose ?? { kind: "unknown", at }, at);
  }
  if (value.t === "const" && other?.t === "const") {
    const [text, part] = [String(value.value), String(other.value)];
    return known(how === "prefix" ? text.startsWith(part) : text.endsWith(part), at);
  }
  if (value.t !== "request") {
    return unknown("a test", at, taintOf(value, ...(other ? [other] : [])));
  }
  return guarded(value, affixGuard(other, how, at), at);
}

const isEmptyText = (value: AbstractValue | undefined): boolean =>
  value?.t === "const" && value.value === "";

/** @param number of the argument that `other` is */
export function patternTest(
  value: AbstractValue,
  other: AbstractValue | undefined,
  name: string,
  at: Span,
  number = 0,
): AbstractValue {
  const [pattern, subject] = value.t === "regex" ? [value, other] : [other, value];
  // The empty text stands for an origin that was not sent.
  const empty =
    isEmptyText(subject) && pattern?.t === "regex"
      ? matchesEmptyText(pattern.pattern, pattern.flags)
      : undefined;
  if (empty !== undefined) return known(empty, at);
  if (subject?.t !== "request")
    return unknown("a pattern test", at, taintOf(value, ...(other ? [other] : [])));
  const part = value === subject ? "receiver" : number;
  if (pattern?.t === "regex") {
    const whole = anchored(pattern.pattern, name, value.t === "regex");
    return guarded(subject, patternGuard(whole, part, pattern, at), at);
  }
  if (pattern?.t === "const" && typeof pattern.value === "string") {
    return guarded(
      subject,
      patternGuard(anchored(pattern.value, name, false), part, pattern, at),
      at,
    );
  }
  return guarded(subject, { kind: "unknown", at }, at);
}

/** Python's `match` begins at the start, and `fullmatch` takes all of the text. */
function anchored(pattern: string, name: string, python: boolean): string {
  const start = pattern.startsWith("^") ? "" : "^";
  if (name === "fullmatch") return `${start}${pattern}${pattern.endsWith("$") ? "" : "$"}`;
  return name === "match" && python ? start + pattern : pattern;
}

/** A condition that, when it holds, says this of the request's part. */
export function guarded(subject: RequestValue, guard: GuardTest, at: Span): AbstractValue {
  const test: Predicate = { k: "guards", subject, guard };
  return unknown("a test of the request", at, { tainted: true, test });
}

function constantMethod(
  run: Evaluation,
  scope: Scope,
  text: string,
  value: AbstractValue,
  name: string,
): Method | undefined {
  const simple: Record<string, () => string> = {
    toLowerCase: () => text.toLowerCase(),
    lower: () => text.toLowerCase(),
    toUpperCase: () => text.toUpperCase(),
    upper: () => text.toUpperCase(),
    trim: () => text.trim(),
    strip: () => text.trim(),
    toString: () => text,
    capitalize: () => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase(),
    title: () =>
      text.replace(
        /[A-Za-z]+/g,
        (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
      ),
  };
  const plain = Object.hasOwn(simple, name) ? simple[name] : undefined;
  if (plain)
    return ({ positional, at }) =>
      positional.length === 0 ? madeText(run, text.length, plain, at) : unknown("a text", at);
  switch (name) {
    case "split":
      return ({ positional: [separator, limit], at }) =>
        limit ? unknown("some of the parts of a text", at) : split(run, text, separator, at);
    case "replace":
    case "replaceAll":
      return ({ positional: [from, to, count], at }) =>
        count
          ? unknown("a text in which some parts are replaced", at)
          : replace(run, text, from, to, name === "replaceAll" || scope.language === "python", at);
    case "resolve":
    case "absolute":
    case "as_posix":
    case "expanduser":
      return scope.language === "python" ? () => value : undefined;
    case "joinpath":
      return ({ positional, at }) => joinedPath(run, text, positional, at);
    case "join":
      return ({ positional: [list], at }) =>
        list ? joinTexts(run, list, text, at) : unknown("a text", at);
    case "concat":
      return ({ positional, at }) => template(run, [value, ...positional], at);
    case "format":
      return ({ positional, named, at }) => formatted(run, text, positional, named, at);
    case "charAt":
      return ({ positional: [index], at }) => {
        const position = index ? numberOf(index) : 0;
        return position === undefined ? unknown("a text", at) : known(text.charAt(position), at);
      };
    case "slice":
    case "substring":
      return ({ positional: [start, end], at }) => {
        const [a, b] = [numberOf(start), numberOf(end)];
        return a === undefined || (end && b === undefined)
          ? unknown("a text", at)
          : known(name === "slice" ? text.slice(a, b) : text.substring(a, b), at);
      };
    default:
      void run;
      return undefined;
  }
}

/** `"{}://{host}".format("https", host=h)` */
function formatted(
  run: Evaluation,
  text: string,
  positional: readonly AbstractValue[],
  named: CallArgs["named"],
  at: Span,
): AbstractValue {
  let next = 0;
  const parts: AbstractValue[] = [];
  for (const piece of text.split(/(\{\w*\})/)) {
    const field = /^\{(\w*)\}$/.exec(piece)?.[1];
    if (field === undefined) {
      if (/[{}]/.test(piece)) return unknown("formatted text", at);
      parts.push(known(piece, at));
      continue;
    }
    const index = field === "" ? next++ : /^\d+$/.test(field) ? Number(field) : undefined;
    const part = index === undefined ? named.get(field)?.value : positional[index];
    parts.push(part ?? unknown("formatted text", at));
  }
  return template(run, parts, at);
}

/** `Path("a").joinpath("b", "c")` */
function joinedPath(
  run: Evaluation,
  start: string,
  parts: readonly AbstractValue[],
  at: Span,
): AbstractValue {
  const texts = parts.map((part) =>
    part.t === "const" && typeof part.value === "string" ? part.value : undefined,
  );
  return texts.every((part) => part !== undefined)
    ? madeText(
        run,
        texts.reduce((sum, each) => sum + each.length, start.length),
        () => joinPath(start, ...texts),
        at,
      )
    : unknown("a path put together at run time", at);
}

function numberOf(value: AbstractValue | undefined): number | undefined {
  return value?.t === "const" && typeof value.value === "number" ? value.value : undefined;
}

function split(
  run: Evaluation,
  text: string,
  separator: AbstractValue | undefined,
  at: Span,
): AbstractValue {
  if (separator !== undefined && (separator.t !== "const" || typeof separator.value !== "string"))
    return unknown("a split text", at);
  const all =
    separator === undefined
      ? text
          .replace(/\s/g, " ")
          .split(" ")
          .filter(Boolean)
          .slice(0, mostParts + 1)
      : text.split(separator.value as string, mostParts + 1);
  payForParts(run, all.length);
  const { items, open } = boundedItems(all, undefined);
  return array(
    items.map((part) => known(part, at)),
    at,
    open,
  );
}

function replace(
  run: Evaluation,
  text: string,
  from: AbstractValue | undefined,
  to: AbstractValue | undefined,
  all: boolean,
  at: Span,
): AbstractValue {
  if (from?.t !== "const" || to?.t !== "const") return unknown("a text", at);
  const [a, b] = [String(from.value), String(to.value)];
  // `$&` and its kin stand for parts of the text, in one of the languages.
  if (b.includes("$")) return unknown("a replaced text", at);
  const found = all ? occurrences(text, a) : Math.min(1, occurrences(text, a));
  const length = text.length + found * (b.length - a.length);
  return madeText(run, length, () => (all ? text.replaceAll(a, b) : text.replace(a, b)), at);
}

function occurrences(text: string, part: string): number {
  if (part === "") return text.length + 1;
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count++;
  return count;
}

/** The elements of a list as one text. */
export function joinTexts(
  run: Evaluation,
  list: AbstractValue,
  separator: string,
  at: Span,
): AbstractValue {
  const { items, open } = elementsOf(list);
  if (open !== undefined || items.some((item) => item.t === "maybe"))
    return unknown("a joined list", at);
  const parts = items.flatMap((item, i) => (i === 0 ? [item] : [known(separator, at), item]));
  return parts.length === 0 ? known("", at) : template(run, parts, at);
}
