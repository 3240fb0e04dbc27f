/** Evaluator values as model values. */
import type { Strings, Value } from "../model/model";
import type { Span } from "../ir/span";
import { camelCase } from "./domain";
import type { ExternValue, Property, AbstractValue } from "../interpreter/core/values";

/** A string, number or boolean; enum members are the text that CDK makes of them. */
export function toValue<T extends string | number | boolean>(
  val: AbstractValue,
  accept: (value: unknown) => value is T,
): Value<T> {
  switch (val.t) {
    case "const":
      return accept(val.value)
        ? { kind: "known", value: val.value, at: val.at }
        : { kind: "unknown", because: `a value of another type (${typeof val.value})`, at: val.at };
    case "oneOf":
      return { kind: "oneOf", of: val.of.map((branch) => toValue(branch, accept)), at: val.at };
    case "extern": {
      const text = enumText(val);
      if (accept(text)) return { kind: "known", value: text, at: val.at };
      const because = `\`${shortPath(val)}\` is decided elsewhere`;
      return { kind: "unknown", because, at: val.at, ...(isHostName(val) ? { host: true } : {}) };
    }
    case "maybe":
      return toValue(val.of, accept);
    case "unknown":
      return { kind: "unknown", because: val.because, at: val.at };
    default:
      return { kind: "unknown", because: `a value that cannot be known (${val.t})`, at: val.at };
  }
}

/** A token for the name of a host: `distribution.distributionDomainName`, `bucket.bucketWebsiteDomainName`. */
function isHostName({ made, path }: ExternValue): boolean {
  return made.by === "member" && /^cdk\./.test(path) && /^domainName$|DomainName$/.test(made.name);
}

export const isString = (value: unknown): value is string => typeof value === "string";
export const isNumber = (value: unknown): value is number => typeof value === "number";
export const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";

/** What a member of an enum-like class stands for: `CorsHttpMethod.ANY` is `*`, `HttpMethod.GET` is `GET`. */
export function enumText(val: ExternValue): string | undefined {
  const match = /\.([A-Z]\w*)\.([A-Z][A-Z0-9_]*)$/.exec(val.path);
  const [, cls, member] = match ?? [];
  if (cls === undefined || member === undefined) return undefined;
  if (cls === "CorsHttpMethod" && member === "ANY") return "*";
  if (cls === "HttpMethod" && member === "ALL") return "*";
  return member;
}

/** `cdk.aws_apigatewayv2.HttpApi()` -> `HttpApi()` */
export function shortPath(val: ExternValue): string {
  return val.path
    .slice(val.path.lastIndexOf(":") + 1)
    .split(".")
    .slice(-2)
    .join(".");
}

/** A list of texts. An element that may be missing makes two lists of it; what is unseen becomes an unknown element. */
export function toStrings(val: AbstractValue): Strings {
  switch (val.t) {
    case "array": {
      const items = val.items.flatMap((item) =>
        item.t === "maybe" ? [] : [toValue(item, isString)],
      );
      const rest: Value<string>[] =
        val.open === undefined
          ? []
          : [{ kind: "unknown", because: val.open, many: true, at: val.at }];
      const all = val.items.map((item) => toValue(item, isString));
      const full: Strings = { kind: "known", value: [...all, ...rest], at: val.at };
      if (all.length === items.length) return full;
      return {
        kind: "oneOf",
        of: [{ kind: "known", value: [...items, ...rest], at: val.at }, full],
        at: val.at,
      };
    }
    case "oneOf":
      return { kind: "oneOf", of: val.of.map(toStrings), at: val.at };
    case "unknown":
      return { kind: "unknown", because: val.because, at: val.at };
    case "extern":
      return { kind: "unknown", because: `\`${shortPath(val)}\` is decided elsewhere`, at: val.at };
    default:
      return { kind: "unknown", because: "not a list", at: val.at };
  }
}

const unitSeconds: Readonly<Record<string, number>> = {
  millis: 0.001,
  seconds: 1,
  minutes: 60,
  hours: 3600,
  days: 86400,
};

/** Seconds of a `Duration`, or of a plain number where the construct takes one. */
export function toSeconds(val: AbstractValue): Value<number> {
  if (val.t === "oneOf") return { kind: "oneOf", of: val.of.map(toSeconds), at: val.at };
  if (val.t === "extern" && val.made.by === "call") {
    const { args, callee } = val.made;
    const unit = /^cdk\.Duration\.(\w+)$/.exec(callee.path)?.[1];
    const seconds = unit === undefined ? undefined : unitSeconds[unit];
    const [amount] = args.positional;
    if (seconds !== undefined && amount) {
      const value = toValue(amount, isNumber);
      if (value.kind === "known")
        return { kind: "known", value: value.value * seconds, at: args.at };
      return { kind: "unknown", because: "a duration that is decided elsewhere", at: args.at };
    }
  }
  return toValue(val, isNumber);
}

/** The options that a construct, method or struct was given, in either language. */
export interface Props {
  /** By their names in TypeScript. */
  readonly slots: ReadonlyMap<string, Property>;
  /** Why there may be others. */
  readonly open?: string;
  /** The literal that holds them. */
  readonly block?: Span;
  readonly at: Span;
}

/** The options in an object literal, a dict, a struct class's call or keyword arguments; `undefined` when not seen. */
export function toProps(val: AbstractValue | undefined): Props | undefined {
  if (val?.t === "object" && !val.cls) {
    const slots = given(val.props);
    return {
      slots,
      block: val.at,
      at: val.at,
      ...(val.open === undefined ? {} : { open: val.open }),
    };
  }
  if (val?.t === "extern" && val.made.by === "call" && val.made.args.positional.length === 0) {
    const { args } = val.made;
    return {
      ...namedProps(args.named),
      block: args.at,
      at: args.calleeAt,
      ...(args.open === undefined ? {} : { open: args.open }),
    };
  }
  return undefined;
}

function namedProps(named: ReadonlyMap<string, Property>): { slots: Map<string, Property> } {
  return { slots: given(named) };
}

/** CDK takes an option that is `undefined`, or `None`, for one that is not there (synthesized). */
function given(slots: ReadonlyMap<string, Property>): Map<string, Property> {
  const there = [...slots].filter(
    ([, { value }]) => !(value.t === "const" && (value.value ?? undefined) === undefined),
  );
  return new Map(there.map(([key, slot]) => [camelCase(key), slot]));
}

/**
 * The options of a call that takes them as argument `index` in TypeScript and as keyword arguments in Python. Without
 * any, the result is empty and complete.
 */
export function callProps(value: ExternValue, index: number): Props {
  if (value.made.by !== "call") return { slots: new Map(), at: value.at };
  const { args } = value.made;
  const given = args.positional[index];
  const found = toProps(given);
  const open =
    args.open ??
    (found ? found.open : given && given.t !== "const" ? "options that cannot be seen" : undefined);
  const { slots } = namedProps(args.named);
  for (const [key, slot] of found?.slots ?? []) slots.set(key, slot);
  return {
    slots,
    at: args.calleeAt,
    ...(open === undefined ? {} : { open }),
    ...(found?.block ? { block: found.block } : {}),
  };
}

/** Positional argument `index`, or the keyword argument of this name. */
export function argument(
  value: ExternValue,
  index: number,
  name: string,
): AbstractValue | undefined {
  if (value.made.by !== "call") return undefined;
  const { args } = value.made;
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return args.positional[index] ?? (args.named.get(name) ?? args.named.get(snake))?.value;
}

/** The library object that a value is: itself, or what `super(…)` made of an instance. */
export function externOf(val: AbstractValue | undefined): ExternValue | undefined {
  if (val?.t === "extern") return val;
  return val?.t === "object" ? val.base : undefined;
}

/** The class of a constructed library object, as `cdk.aws_lambda.Function`. */
export function classOf(value: ExternValue): string | undefined {
  return value.made.by === "call" ? value.made.callee.path : undefined;
}

/** The object whose method a call is, and the method's name. */
export function methodCall(value: ExternValue): { on: ExternValue; name: string } | undefined {
  if (value.made.by !== "call" || value.made.callee.made.by !== "member") return undefined;
  return { on: value.made.callee.made.of, name: value.made.callee.made.name };
}
