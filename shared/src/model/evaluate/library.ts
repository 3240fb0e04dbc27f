/** What the languages' own functions do, as far as configuration and handlers use them. */
import { callValue, implicitThrow } from "./calls";
import { isTainted } from "./conditions";
import { spreadInto, spreadProps } from "./literals";
import { elementsOf } from "./iteration";
import { folds } from "./library-iteration";
import { binary } from "./operators";
import { basename, dirname, joinPath } from "./paths";
import { Thrown } from "./run";
import type { Library, Run } from "./run";
import { array, known, object, oneOf, truth, unknown } from "./values";
import type { CallArgs, ExternVal, ObjectVal, Scope, Val } from "./values";

type Native = (run: Run, args: CallArgs, callee: ExternVal) => Val | undefined;

/** The library of the two languages; `more` adds the constants and functions of others. */
export function languageLibrary(more: Partial<Library> = {}): Library {
  return {
    member: (run, value) => more.member?.(run, value) ?? member(value),
    call: (run, value, args) => {
      const native = natives.get(value.path);
      return (
        native?.(run, args, value) ??
        folds.get(value.path)?.(run, scopeOf(args, value), args) ??
        more.call?.(run, value, args) ??
        methodCall(run, value, args)
      );
    },
  };
}

function member(value: ExternVal): Val | undefined {
  if (value.made.by !== "member") return undefined;
  const { of, name } = value.made;
  if (isEnvironment(of.path) && name !== "get")
    return unknown(`the environment variable ${name}`, value.at);
  const status =
    /^(?:npm:http-status-codes\.(?:default\.)?(?:StatusCodes\.)?|py:http\.HTTPStatus\.)([A-Z_]+)$/.exec(
      value.path,
    )?.[1];
  const code = status === undefined ? undefined : httpStatus[status];
  return code === undefined ? undefined : known(code, value.at);
}

function isEnvironment(path: string): boolean {
  return path === "global:process.env" || path === "py:os.environ";
}

const httpStatus: Readonly<Record<string, number>> = {
  OK: 200, CREATED: 201, ACCEPTED: 202, NO_CONTENT: 204, MOVED_PERMANENTLY: 301, FOUND: 302, NOT_MODIFIED: 304,
  BAD_REQUEST: 400, UNAUTHORIZED: 401, FORBIDDEN: 403, NOT_FOUND: 404, METHOD_NOT_ALLOWED: 405, CONFLICT: 409, GONE: 410,
  UNPROCESSABLE_ENTITY: 422, TOO_MANY_REQUESTS: 429, INTERNAL_SERVER_ERROR: 500, NOT_IMPLEMENTED: 501, BAD_GATEWAY: 502,
  SERVICE_UNAVAILABLE: 503, GATEWAY_TIMEOUT: 504,
}; // prettier-ignore

/** The language of the code that calls decides details such as truth. */
const scopeOf = (args: CallArgs, callee: ExternVal): Scope => ({
  vars: new Map(),
  parent: undefined,
  kind: "module",
  file: args.at.file,
  language: callee.language,
});

const first = (args: CallArgs): Val => args.positional[0] ?? known(undefined, args.at);

const textOf = (value: Val | undefined): string | undefined =>
  value?.t === "const" && typeof value.value === "string" ? value.value : undefined;

const joinPaths: Native = (_, { positional, at, open }) => {
  const texts = positional.map(textOf);
  return texts.every((text) => text !== undefined) && open === undefined
    ? known(joinPath(...texts), at)
    : unknown("a path put together at run time", at);
};

const sameText: Native = (_, args) => {
  const value = first(args);
  return value.t === "const" && value.value !== undefined
    ? known(String(value.value), args.at)
    : value;
};

const passOn: Native = (_, args) => first(args);

/** A value that a reader may look into; nothing happens to its arguments. */
const inert: Native = (_, args, callee) => ({
  t: "extern",
  path: `${callee.path}()`,
  made: { by: "call", callee, args },
  members: new Map(),
  language: callee.language,
  at: args.at,
});

/** Reading text that comes from elsewhere may throw. */
const parsed: Native = (run, args) => {
  implicitThrow(run, args.at);
  return unknown("parsed text", args.at, isTainted(first(args)) ? { tainted: true } : {});
};

const copied: Native = (run, args, callee) => {
  const result = object(args.at);
  const sources = args.positional.filter((source) => source.t !== "const");
  for (const source of sources) {
    if (source.t === "array") for (const pair of source.items) addPair(run, result, pair);
    else spreadProps(run, scopeOf(args, callee), result, source);
  }
  for (const [key, slot] of args.named) result.props.set(key, slot);
  return result;
};

function addPair(run: Run, target: ObjectVal, pair: Val): void {
  const key = pair.t === "array" ? pair.items[0] : undefined;
  const value = pair.t === "array" ? pair.items[1] : undefined;
  if (key?.t === "const" && value) {
    target.props.set(String(key.value), { value, name: key.at, entry: pair.at });
  } else target.open ??= "a computed key";
}

const assigned: Native = (run, args, callee) => {
  const [target, ...sources] = args.positional;
  if (!target) return undefined;
  if (target.t !== "object") return unknown("an assignment to an unknown object", args.at);
  for (const source of sources) spreadProps(run, scopeOf(args, callee), target, source);
  return target;
};

const listed: Native = (run, args, callee) => {
  const isSet = /Set|set/.test(callee.path);
  const result: Val = { t: "array", items: [], at: args.at, ...(isSet ? { set: true } : {}) };
  const [source, map] = args.positional;
  if (source) spreadInto(run, result, source);
  if (map && !isSet) {
    result.items = result.items.map((item) =>
      callValue(run, scopeOf(args, callee), map, { ...args, positional: [item], construct: false }),
    );
  }
  return result;
};

/** In order where all elements are texts and nothing else decides the order. */
function sortedList(list: Val | undefined, { named }: CallArgs): Val | undefined {
  if (list?.t !== "array" || named.size > 0) return list;
  const texts = list.items.map(textOf);
  if (!texts.every((text) => text !== undefined)) return list;
  const items = [...list.items].sort((a, b) => ((textOf(a) ?? "") < (textOf(b) ?? "") ? -1 : 1));
  return { ...list, items };
}

const mapObject: Native = (run, args) => {
  const result: ObjectVal = { t: "object", props: new Map(), map: true, at: args.at };
  const source = args.positional[0];
  if (source?.t === "array") for (const pair of source.items) addPair(run, result, pair);
  else if (source && source.t !== "const") result.open = "a map that cannot be seen";
  return result;
};

function view(kind: "keys" | "values" | "entries"): Native {
  return (_, args) => {
    const value = first(args);
    if (value.t === "request") return unknown("parts of the request", args.at, { tainted: true });
    if (value.t !== "object") return array([], args.at, "an object that cannot be seen");
    const items = [...value.props].map(([key, slot]): Val => {
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

const environment: Native = (_, args) => {
  const [name, fallback] = args.positional;
  const variable = unknown(`the environment variable ${textOf(name) ?? ""}`, args.at);
  return fallback ? oneOf([variable, fallback], args.at) : variable;
};

const ranged: Native = (_, args) => {
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

const enumerated: Native = (_, args) => {
  const { items, open } = elementsOf(first(args));
  return array(
    items.map((item, i) =>
      array([known(i, args.at), item.t === "maybe" ? item.of : item], args.at),
    ),
    args.at,
    open,
  );
};

const zipped: Native = (_, args) => {
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

const attribute: Native = (_, args) => {
  const [value, name, fallback] = args.positional;
  const key = textOf(name);
  const slot = value?.t === "object" && key !== undefined ? value.props.get(key) : undefined;
  if (slot && !slot.maybe) return slot.value;
  if (value?.t === "object" && value.open === undefined && fallback) return fallback;
  return unknown("an attribute", args.at);
};

const numberOf: Native = (_, args) => {
  const value = first(args);
  const number = value.t === "const" ? Number(value.value) : Number.NaN;
  return Number.isNaN(number) ? unknown("a number", args.at) : known(number, args.at);
};

const boolOf: Native = (_, args, callee) => {
  const side = truth(first(args), callee.language);
  return side === undefined ? first(args) : known(side, args.at);
};

/** `new Promise((resolve, reject) => …)`: what it is resolved with. */
const promised: Native = (run, args, callee) => {
  const [executor] = args.positional;
  let result: Val | undefined;
  const settle = (name: string): Val => ({
    t: "native",
    name,
    at: args.at,
    call: (given) => {
      if (name === "reject") throw new Thrown(first(given), given.at, false);
      result =
        result && !run.oracle ? oneOf([result, first(given)], args.at) : (result ?? first(given));
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

const rejected: Native = (_, args) => {
  throw new Thrown(first(args), args.at, false);
};

const timer: Native = (run, args, callee) => {
  const fn = args.positional[0];
  if (fn) callValue(run, scopeOf(args, callee), fn, { ...args, positional: [], construct: false });
  return unknown("a timer", args.at);
};

/** `awslambda.streamifyResponse(async (event, responseStream, context) => …)` */
const streamified: Native = (run, args, callee) => {
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
const streamed: Native = (run, args) => {
  const [stream, metadata] = args.positional;
  if (metadata) run.hooks.responds?.(metadata, args.at);
  return stream;
};

const pathPart =
  (part: (path: string) => string): Native =>
  (_, args) => {
    const text = textOf(first(args));
    return text === undefined ? unknown("a path", args.at) : known(part(text), args.at);
  };

const bound: Native = (run, args, callee) => {
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

const natives = new Map<string, Native>([
  ["npm:path.join", joinPaths],
  ["npm:path.default.join", joinPaths],
  ["npm:path.resolve", joinPaths],
  ["npm:path.posix.join", joinPaths],
  ["npm:path.dirname", pathPart(dirname)],
  ["npm:path.basename", pathPart(basename)],
  ["py:os.path.join", joinPaths],
  ["py:os.path.dirname", pathPart(dirname)],
  ["py:os.path.abspath", passOn],
  ["py:os.path.realpath", passOn],
  ["py:os.path.normpath", pathPart((path) => joinPath(path))],
  ["py:os.fspath", passOn],
  ["py:pathlib.Path", joinPaths],
  ["npm:url.fileURLToPath", passOn],
  ["global:Object.assign", assigned],
  ["global:Object.freeze", passOn],
  ["global:Object.keys", view("keys")],
  ["global:Object.values", view("values")],
  ["global:Object.entries", view("entries")],
  ["global:Object.fromEntries", copied],
  ["global:structuredClone", passOn],
  ["global:Array.from", listed],
  [
    "global:Array.isArray",
    (_, args) => {
      const value = first(args);
      return value.t === "array"
        ? known(true, args.at)
        : value.t === "const" || value.t === "object"
          ? known(false, args.at)
          : unknown("a type test", args.at);
    },
  ],
  ["global:Set", listed],
  ["global:Map", mapObject],
  ["global:String", sameText],
  [
    "global:str",
    (_, args) => {
      const value = first(args);
      if (value.t === "const" && typeof value.value === "boolean")
        return known(value.value ? "True" : "False", args.at);
      return value.t === "const" && value.value !== undefined
        ? known(String(value.value), args.at)
        : value;
    },
  ],
  ["global:Number", numberOf],
  ["global:int", numberOf],
  ["global:float", numberOf],
  ["global:parseInt", numberOf],
  ["global:Boolean", boolOf],
  ["global:bool", boolOf],
  ["global:JSON.stringify", inert],
  ["py:json.dumps", inert],
  ["global:JSON.parse", parsed],
  ["py:json.loads", parsed],
  ["global:Promise", promised],
  ["global:Promise.resolve", passOn],
  ["global:Promise.reject", rejected],
  ["global:Promise.all", (_, args) => first(args)],
  ["global:setTimeout", timer],
  ["global:awslambda.streamifyResponse", streamified],
  ["global:awslambda.HttpResponseStream.from", streamed],
  ["global:dict", copied],
  ["global:list", listed],
  ["global:tuple", listed],
  ["global:set", listed],
  ["global:frozenset", listed],
  [
    "global:sorted",
    (run, args, callee) =>
      sortedList(listed(run, { ...args, positional: args.positional.slice(0, 1) }, callee), args),
  ],
  ["global:reversed", passOn],
  ["global:range", ranged],
  ["global:enumerate", enumerated],
  ["global:zip", zipped],
  [
    "global:len",
    (_, args) => {
      const { items, open } = elementsOf(first(args));
      return open === undefined &&
        first(args).t !== "oneOf" &&
        !items.some((item) => item.t === "maybe")
        ? known(items.length, args.at)
        : unknown("a length", args.at);
    },
  ],
  ["global:getattr", attribute],
  ["global:print", (_, args) => known(undefined, args.at)],
  [
    "global:isinstance",
    (_, args, callee) => {
      const [value, type] = args.positional;
      return value && type
        ? binary(_, scopeOf(args, callee), "instanceof", value, type, args.at)
        : unknown("a type test", args.at);
    },
  ],
  ["py:os.getenv", environment],
  ["py:os.environ.get", environment],
  ["py:functools.partial", bound],
  [
    "py:copy.deepcopy",
    (run, args, callee) => (first(args).t === "object" ? copied(run, args, callee) : first(args)),
  ],
  [
    "py:copy.copy",
    (run, args, callee) => (first(args).t === "object" ? copied(run, args, callee) : first(args)),
  ],
  ["py:functools.wraps", (_, args) => ({ t: "native", name: "wraps", at: args.at, call: first })],
  ["py:functools.lru_cache", passDecorator],
  ["py:functools.cache", passOn],
]);

/** `@lru_cache` and `@lru_cache(maxsize=1)` leave the function as it is. */
function passDecorator(_: Run, args: CallArgs): Val {
  const given = args.positional[0];
  return given?.t === "function"
    ? given
    : { t: "native", name: "decorator", at: args.at, call: first };
}

/** Methods of paths and of errors, by their last name. */
function methodCall(run: Run, value: ExternVal, args: CallArgs): Val | undefined {
  void run;
  if (/^global:([A-Z]\w*)?(Error|Exception)$/.test(value.path)) return inert(run, args, value);
  if (value.path === "global:Headers") return copied(run, args, value);
  return undefined;
}
