import type { Expr, FunctionFacts, Param } from "../../../../shared/src/ir/facts";
import { newScope, textOf, unknown, type Context, type Scope } from "./context";
import { lowerExpression } from "./lower-expression";
import { lowerBlock } from "./lower-statement";
import { lowerTarget } from "./lower-pattern";
import { childAt, hasToken, namedOf, rangeOf, type Syntax } from "./syntax";

/** A `def` that is no method of a class. */
export function lowerFunction(
  ctx: Context,
  node: Syntax,
  decorators: readonly Syntax[] = [],
): FunctionFacts {
  const { params, scope } = closure(ctx, childAt(node, "parameters"));
  return {
    ...named(ctx, node),
    params,
    ...bodyOf({ ...ctx, scope }, node),
    ...capture(ctx),
    ...decorated(ctx, decorators),
    at: rangeOf(node),
  };
}

export function lowerLambda(ctx: Context, node: Syntax): Expr {
  const { params, scope } = closure(ctx, childAt(node, "parameters"));
  const body = childAt(node, "body");
  const inner: Context = { ...ctx, scope };
  const value = body ? lowerExpression(inner, body) : unknown(rangeOf(node), "missing in the text");
  const fn: FunctionFacts = {
    params,
    body: [{ k: "return", value, at: value.at }],
    arrow: true,
    ...(scope.yields ? { generator: true } : {}),
    at: rangeOf(node),
  };
  return { k: "function", fn, at: rangeOf(node) };
}

type Marker = Partial<Pick<FunctionFacts, "kind" | "static">>;

/** What a decorator makes of a method, where the facts have a word for it. */
const markers: ReadonlyMap<string, Marker> = new Map<string, Marker>([
  ["staticmethod", { static: true }],
  ["classmethod", { static: true }],
  ["property", { kind: "getter" }],
  ["cached_property", { kind: "getter" }],
  ["functools.cached_property", { kind: "getter" }],
  ["setter", { kind: "setter" }],
]);

/** Methods that Python gives the class itself without being told. */
const implicitlyStatic: ReadonlySet<string> = new Set([
  "__new__",
  "__init_subclass__",
  "__class_getitem__",
]);

/**
 * A `def` in the body of a class. Its first parameter becomes `this` (of a class method: the class); decorators that
 * the facts express by `static` or `kind` are not repeated among `decorators`.
 */
export function lowerMethod(
  ctx: Context,
  node: Syntax,
  decorators: readonly Syntax[] = [],
): FunctionFacts {
  const words = decorators.map((decorator) => decoratorWord(ctx, decorator));
  const name = childAt(node, "name");
  const marks = words.flatMap((word) => markers.get(word) ?? []);
  const parameters = childAt(node, "parameters");
  const self = words.includes("staticmethod") ? undefined : firstName(ctx, parameters);
  const scope = newScope(self && textOf(ctx, self));
  const isStatic =
    marks.some((mark) => mark.static) || (name && implicitlyStatic.has(textOf(ctx, name)));
  const isConstructor = name && textOf(ctx, name) === "__init__";
  return {
    ...named(ctx, node),
    params: lowerParams(ctx, parameters, self),
    ...bodyOf({ ...ctx, scope }, node),
    kind: isConstructor ? "constructor" : (marks.find((mark) => mark.kind)?.kind ?? "method"),
    ...(isStatic ? { static: true } : {}),
    ...decorated(
      ctx,
      decorators.filter((_, i) => !markers.has(words[i] ?? "")),
    ),
    at: rangeOf(node),
  };
}

/** `staticmethod`, `functools.cached_property`; `setter` for `@name.setter`. */
function decoratorWord(ctx: Context, decorator: Syntax): string {
  const expression = namedOf(decorator)[0];
  if (!expression) return "";
  const text = textOf(ctx, expression);
  return /^\w+\.setter$/.test(text) ? "setter" : text;
}

/** The expressions after `@`, for functions and classes. */
export function decorated(
  ctx: Context,
  decorators: readonly Syntax[],
): { decorators?: readonly Expr[] } {
  const exprs = decorators.flatMap(namedOf).map((each) => lowerExpression(ctx, each));
  return exprs.length === 0 ? {} : { decorators: exprs };
}

function named(ctx: Context, node: Syntax): Pick<FunctionFacts, "name" | "nameAt"> {
  const name = childAt(node, "name");
  return name && !name.missing ? { name: textOf(ctx, name), nameAt: rangeOf(name) } : {};
}

type Body = Pick<FunctionFacts, "body" | "async" | "generator" | "returns">;

function bodyOf(inner: Context, node: Syntax): Body {
  const block = childAt(node, "body");
  const returns = childAt(node, "return_type");
  const body = block ? lowerBlock(inner, block) : [];
  return {
    body,
    ...(hasToken(node, "async") ? { async: true } : {}),
    ...(inner.scope.yields ? { generator: true } : {}),
    ...(returns ? { returns: textOf(inner, returns) } : {}),
  };
}

/**
 * The parameters and the scope of a function that is no method. Inside a method it still sees the method's `self`,
 * which is `this`, unless a parameter of its own has that name.
 */
function closure(ctx: Context, parameters: Syntax | undefined): { params: Param[]; scope: Scope } {
  const params = lowerParams(ctx, parameters);
  const { self } = ctx.scope;
  const hides = params.some((param) => param.target.k === "name" && param.target.name === self);
  return { params, scope: newScope(hides ? undefined : self) };
}

/** A function inside a method keeps the method's `this`. */
function capture(ctx: Context): { arrow?: true } {
  return ctx.scope.self === undefined ? {} : { arrow: true };
}

/** The name of the first parameter, where it is a plain one. */
function firstName(ctx: Context, parameters: Syntax | undefined): Syntax | undefined {
  const first = parameters && namedOf(parameters)[0];
  if (!first) return undefined;
  const name =
    childAt(first, "name") ?? (first.type === "typed_parameter" ? namedOf(first)[0] : first);
  return name?.type === "identifier" ? name : undefined;
}

/** @param dropped the name of the parameter that becomes `this` */
function lowerParams(ctx: Context, parameters: Syntax | undefined, dropped?: Syntax): Param[] {
  if (!parameters) return [];
  const separators = ["keyword_separator", "positional_separator"];
  return namedOf(parameters)
    .filter((node) => !separators.includes(node.type))
    .slice(dropped ? 1 : 0)
    .map((node) => lowerParam(ctx, node));
}

function lowerParam(ctx: Context, node: Syntax): Param {
  const name = childAt(node, "name") ?? (node.type === "typed_parameter" ? namedOf(node)[0] : node);
  const value = childAt(node, "value");
  const type = childAt(node, "type");
  const rest = name && restOf(name);
  return {
    target: lowerTarget(ctx, name ?? node),
    ...(value ? { default: lowerExpression(ctx, value) } : {}),
    ...(rest ? { rest } : {}),
    ...(type ? { type: textOf(ctx, type) } : {}),
    at: rangeOf(node),
  };
}

function restOf(name: Syntax): "items" | "named" | undefined {
  if (name.type === "list_splat_pattern") return "items";
  return name.type === "dictionary_splat_pattern" ? "named" : undefined;
}
