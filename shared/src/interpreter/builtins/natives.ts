/** What functions of the two languages do with values. */
import { belongTogether, headerList, headersOf, isAnyName, isHeaders } from "../core/header-names";
import { externValue, mentioned } from "../modules/externs";
import { callValue } from "../syntax/calls";
import { taintOf } from "../core/constraints";
import { spreadProps } from "../syntax/literals";
import { elementsOf } from "../core/elements";
import { findMethod, getMember } from "../syntax/members";
import { joinPath } from "../../base/file-paths";
import { Thrown } from "../core/signals";
import { madeText } from "../core/size";
import type { Evaluation } from "../core/state";
import { array, known, object, oneOf, truth, unknown } from "../core/values";
import type { CallArgs, ExternValue, ObjectValue, Scope, AbstractValue } from "../core/values";
import { implicitThrow } from "../syntax/unseen";

export type Native = (
  run: Evaluation,
  args: CallArgs,
  callee: ExternValue,
) => AbstractValue | undefined;

/** The language of the code that calls decides details such as truth. */
export const scopeOf = (args: CallArgs, callee: ExternValue): Scope => ({
  vars: new Map(),
  parent: undefined,
  kind: "module",
  file: args.at.file,
  language: callee.language,
});

export const first = (args: CallArgs): AbstractValue =>
  args.positional[0] ?? known(undefined, args.at);

export const textOf = (value: AbstractValue | undefined): string | undefined =>
  value?.t === "const" && typeof value.value === "string" ? value.value : undefined;

const pathOf =
  (join: (...parts: string[]) => string): Native =>
  (run, { positional, at, open }) => {
    const texts = positional.map(textOf);
    return texts.every((text) => text !== undefined) && open === undefined
      ? madeText(
          run,
          texts.reduce((sum, text) => sum + text.length, 0),
          () => join(...texts),
          at,
        )
      : unknown("a path put together at run time", at);
  };

/** `path.resolve`, `os.path.join`: an absolute part starts over. */
export const joinPaths = pathOf(joinPath);

/** `path.join`: every part goes on where the one before ended, also `"/../src"`. */
export const concatPaths = pathOf((...parts) => joinPath(parts.filter(Boolean).join("/")));

/** `dataclasses.field(default=x)`, `field(default_factory=list)` */
export const fieldDefault: Native = (run, args, callee) => {
  const made = args.named.get("default_factory")?.value;
  return (
    args.named.get("default")?.value ??
    (made
      ? callValue(run, scopeOf(args, callee), made, { ...args, positional: [], named: new Map() })
      : unknown("a field without default", args.at))
  );
};

export const sameText: Native = (_, args) => {
  const value = first(args);
  return value.t === "const" && value.value !== undefined
    ? known(String(value.value), args.at)
    : value;
};

export const passOn: Native = (_, args) => first(args);

/** A value that a reader may look into; nothing happens to its arguments. */
export const inert: Native = (run, args, callee) =>
  externValue(run, `${callee.path}()`, { by: "call", callee, args }, callee.language, args.at);

/** Text of a value; readers look into it as into the value. */
export const serialized: Native = (run, args, callee) => {
  const value = first(args);
  return value.t === "const" &&
    (typeof value.value === "boolean" || typeof value.value === "number")
    ? known(String(value.value), args.at)
    : inert(run, args, callee);
};

/** Reading text that comes from elsewhere may throw. */
export const parsed: Native = (run, args, callee) => {
  const text = first(args);
  const isBody = text.t === "request" && text.path.join() === "body";
  // `json.loads(None)` raises; in JavaScript nothing is read as `null`.
  const raises = isBody && callee.language === "python";
  if (raises && !run.explorer?.constraintsOn(text).truthy) run.hooks.needsBody?.(args.at);
  if (raises) implicitThrow(run, args.at, text);
  implicitThrow(run, args.at);
  return {
    ...unknown("parsed text", args.at, taintOf(first(args))),
    ...mentioned(args.positional.slice(0, 1)),
  };
};

export const copied: Native = (run, args) => {
  const result = object(args.at);
  const sources = args.positional.filter((source) => source.t !== "const");
  for (const source of sources) {
    if (source.t === "array") for (const pair of source.items) addPair(run, result, pair);
    else
      spreadProps(
        run,
        result,
        source.t === "object" ? { ...source, map: undefined } : source,
        args.at,
      );
  }
  for (const [key, slot] of args.named) result.props.set(key, slot);
  return result;
};

function addPair(run: Evaluation, target: ObjectValue, pair: AbstractValue): void {
  const key = pair.t === "array" ? pair.items[0] : undefined;
  const value = pair.t === "array" ? pair.items[1] : undefined;
  if (key?.t === "const" && value) {
    target.props.set(String(key.value), { value, name: key.at, entry: pair.at });
  } else if (isAnyName(key) && belongTogether(key, value)) target.mirrors = headersOf(key);
  else target.open ??= "a computed key";
}

export const assigned: Native = (run, args) => {
  const [target, ...sources] = args.positional;
  if (!target) return undefined;
  if (target.t !== "object") return unknown("an assignment to an unknown object", args.at);
  for (const source of sources) spreadProps(run, target, source, args.at);
  return target;
};

export const mapObject: Native = (run, args) => {
  const result: ObjectValue = { t: "object", props: new Map(), map: true, at: args.at };
  const source = args.positional[0];
  if (source?.t === "array") for (const pair of source.items) addPair(run, result, pair);
  else if (source && source.t !== "const") result.open = "a map that cannot be seen";
  return result;
};

/** `new Headers({ … })`, of pairs as well. */
export const headersObject: Native = (run, args, callee) => {
  const { props, open } = mapObject(run, args, callee) as ObjectValue;
  const given = args.positional[0];
  const own = given?.t === "object" ? given : { props, open };
  const lower = [...own.props].map(([name, slot]) => [name.toLowerCase(), slot] as const);
  return { t: "object", props: new Map(lower), map: "headers", open: own.open, at: args.at };
};

export function view(kind: "keys" | "values" | "entries"): Native {
  return (run, args) => {
    const value = first(args);
    if (isHeaders(value)) return headerList(run, kind, args.at);
    if (value.t === "request") return unknown("parts of the request", args.at, taintOf(value));
    if (value.t !== "object") return array([], args.at, "an object that cannot be seen");
    const items = [...value.props].map(([key, slot]): AbstractValue => {
      const name = known(key, slot.name);
      return kind === "keys"
        ? name
        : kind === "values"
          ? slot.value
          : array([name, slot.value], slot.entry);
    });
    return array(items, args.at, value.open);
  };
}

export const environment: Native = (run, args) => {
  const [name, fallback] = args.positional;
  const given = run.domain.environment?.(textOf(name) ?? "");
  if (given) return given;
  const text = textOf(name);
  const variable = unknown(`the environment variable ${text ?? ""}`, args.at, {
    text: true,
    ...(text === undefined ? {} : { name: text }),
  });
  return fallback && textOf(fallback) !== "" ? oneOf([variable, fallback], args.at) : variable;
};

export const ranged: Native = (_, args) => {
  const [a, b] = args.positional;
  const [start, end] = b ? [a, b] : [known(0, args.at), a];
  if (start?.t !== "const" || end?.t !== "const")
    return array([], args.at, "a range that cannot be known");
  const [from, to] = [Number(start.value), Number(end.value)];
  if (!(to - from <= 200)) return array([], args.at, "a long range");
  return array(
    Array.from({ length: Math.max(0, to - from) }, (_unused, i) => known(from + i, args.at)),
    args.at,
  );
};

export const enumerated: Native = (_, args) => {
  const { items, open } = elementsOf(first(args));
  return array(
    items.map((item, i) =>
      array([known(i, args.at), item.t === "maybe" ? item.of : item], args.at),
    ),
    args.at,
    open,
  );
};

export const zipped: Native = (_, args) => {
  const lists = args.positional.map(elementsOf);
  const length = Math.min(...lists.map((list) => list.items.length));
  const items = Array.from({ length }, (_unused, i) =>
    array(
      lists.flatMap((list) => list.items[i] ?? []),
      args.at,
    ),
  );
  return array(items, args.at, lists.find((list) => list.open !== undefined)?.open);
};

/** `getattr(value, name, fallback)`; a name that is put together leads to one of the methods that fit it. */
export const attribute: Native = (run, args, callee) => {
  const [value, name, fallback] = args.positional;
  if (value?.t !== "object" || !name) return unknown("an attribute", args.at);
  const scope = scopeOf(args, callee);
  const key = textOf(name);
  if (key !== undefined) {
    const slot = value.props.get(key);
    const there = slot ?? (value.cls && findMethod(value.cls, key));
    if (there && !slot?.maybe) return getMember(run, scope, value, key, args.at);
    return value.open === undefined && !value.base && fallback
      ? fallback
      : unknown("an attribute", args.at);
  }
  const methods = methodsLike(value, name).map((one) => getMember(run, scope, value, one, args.at));
  return methods.length > 0 && fallback
    ? oneOf([...methods, fallback], args.at)
    : unknown("an attribute", args.at);
};

/** Methods whose names begin and end as the text does. */
function methodsLike(value: ObjectValue, name: AbstractValue): string[] {
  const pieces = name.t === "unknown" ? (name.pieces ?? []) : [];
  const start = textOf(pieces[0]) ?? "";
  const end = pieces.length > 1 ? (textOf(pieces.at(-1)) ?? "") : "";
  if (start + end === "") return [];
  const names: string[] = [];
  for (let cls: AbstractValue | undefined = value.cls; cls?.t === "class"; cls = cls.base)
    names.push(...cls.cls.methods.flatMap((method) => method.name ?? []));
  return [...new Set(names)].filter((one) => one.startsWith(start) && one.endsWith(end));
}

export const numberOf: Native = (run, args, callee) => {
  const value = first(args);
  // Python raises where a text is no number.
  if (callee.language === "python" && value.t !== "const") implicitThrow(run, args.at);
  const number = value.t === "const" ? Number(value.value) : Number.NaN;
  return Number.isNaN(number) ? unknown("a number", args.at) : known(number, args.at);
};

export const boolOf: Native = (_, args, callee) => {
  const side = truth(first(args), callee.language);
  return side === undefined ? first(args) : known(side, args.at);
};

/** `new Promise((resolve, reject) => …)`: what it is resolved with. */
export const promised: Native = (run, args, callee) => {
  const [executor] = args.positional;
  let result: AbstractValue | undefined;
  const settle = (name: string): AbstractValue => ({
    t: "native",
    name,
    at: args.at,
    call: (given) => {
      if (name === "reject") throw new Thrown(first(given), given.at, false);
      result =
        result && !run.explorer ? oneOf([result, first(given)], args.at) : (result ?? first(given));
      return known(undefined, given.at);
    },
  });
  if (executor)
    callValue(run, scopeOf(args, callee), executor, {
      ...args,
      positional: [settle("resolve"), settle("reject")],
      construct: false,
    });
  return result ?? unknown("a promise that is settled elsewhere", args.at);
};

export const rejected: Native = (_, args) => {
  throw new Thrown(first(args), args.at, false);
};

export const timer: Native = (run, args, callee) => {
  const fn = args.positional[0];
  if (fn) callValue(run, scopeOf(args, callee), fn, { ...args, positional: [], construct: false });
  return unknown("a timer", args.at);
};

/** `awslambda.streamifyResponse(async (event, responseStream, context) => …)` */
export const streamified: Native = (run, args, callee) => {
  const handler = first(args);
  return {
    t: "native",
    name: "streamifyResponse",
    at: handler.at,
    call: (given) => {
      const stream = unknown("the response stream", given.at);
      const [event, context] = given.positional;
      const positional = [
        event ?? known(undefined, given.at),
        stream,
        context ?? known(undefined, given.at),
      ];
      callValue(run, scopeOf(args, callee), handler, { ...given, positional });
      return known(undefined, given.at);
    },
  };
};

/** `awslambda.HttpResponseStream.from(responseStream, { statusCode, headers })` */
export const streamed: Native = (run, args) => {
  const [stream, metadata] = args.positional;
  if (metadata) run.hooks.responds?.(metadata, args.at);
  return stream;
};

export const pathPart =
  (part: (path: string) => string): Native =>
  (_, args) => {
    const text = textOf(first(args));
    return text === undefined ? unknown("a path", args.at) : known(part(text), args.at);
  };

export const bound: Native = (run, args, callee) => {
  const [target, ...given] = args.positional;
  if (!target) return undefined;
  const { named } = args;
  return {
    t: "native",
    name: "partial",
    at: args.at,
    call: (more) =>
      callValue(run, scopeOf(args, callee), target, {
        ...more,
        positional: [...given, ...more.positional],
        named: new Map([...named, ...more.named]),
      }),
  };
};
