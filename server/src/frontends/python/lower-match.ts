import type { Expr, Stmt, SwitchCase } from "../../../../shared/src/ir/facts";
import { fits, textOf, unknown, type Context } from "./context";
import { lowerExpression, lowerTuple } from "./lower-expression";
import { lowerBlock } from "./lower-statement";
import { childAt, childOf, childrenAt, hasToken, namedOf, rangeOf, type Syntax } from "./syntax";

/** `match` as a switch. Names that a pattern binds are declared at the start of the case. */
export function lowerMatch(ctx: Context, node: Syntax): Stmt {
  const subjects = childrenAt(node, "subject");
  const [subject] = subjects;
  const single = subject && subjects.length === 1 && !hasToken(node, ",");
  const on = single ? lowerExpression(ctx, subject) : lowerTuple(ctx, subjects);
  const body = childAt(node, "body");
  const cases = body?.children.filter((child) => child.type === "case_clause") ?? [];
  return {
    k: "switch",
    on,
    cases: cases.map((each) => lowerCase(ctx, on, each)),
    at: rangeOf(node),
  };
}

function lowerCase(ctx: Context, on: Expr, node: Syntax): SwitchCase {
  const patterns = node.children.filter((child) => child.type === "case_pattern");
  const guard = childAt(node, "guard");
  const [pattern] = patterns;
  const block = childAt(node, "consequence");
  const tests = pattern && patterns.length === 1 ? testsOf(ctx, pattern) : [notAValue(node)];
  return {
    tests: guard ? [guarded(ctx, guard)] : tests,
    body: [
      ...patterns.flatMap((each) => bindings(ctx, on, each)),
      ...(block ? lowerBlock(ctx, block) : []),
    ],
  };
}

/** A guard decides with the pattern, so neither alone is a test. */
function guarded(ctx: Context, guard: Syntax): Expr {
  const parts = namedOf(guard).map((each) => lowerExpression(ctx, each));
  return unknown(rangeOf(guard), "a case with a guard", parts);
}

/** The values that a pattern compares with; null where it takes everything. */
function testsOf(ctx: Context, node: Syntax): readonly Expr[] | null {
  const inner = unwrapped(node);
  if (inner.type === "union_pattern") {
    const tests = alternatives(inner).map((each) => testsOf(ctx, each));
    return tests.some((test) => test === null) ? null : tests.flatMap((test) => test ?? []);
  }
  if (inner.type === "_" || captureName(ctx, inner) !== undefined) return null;
  return [valueTest(ctx, inner)];
}

/** The patterns between `|`; the grammar leaves a minus sign beside its number, here they are one node. */
function alternatives(union: Syntax): Syntax[] {
  const children = union.children.filter((child) => child.type !== "|" && child.type !== "ERROR");
  return children.flatMap((child, i) => {
    const minus = children[i - 1];
    if (child.type === "-") return [];
    if (minus?.type !== "-") return [child];
    return [{ ...child, type: "case_pattern", start: minus.start, children: [minus, child] }];
  });
}

/** A pattern without `case_pattern`, `… as name` and parentheses around it. */
function unwrapped(node: Syntax): Syntax {
  let inner = node;
  for (;;) {
    const next = wrappedBy(inner);
    if (!next) return inner;
    inner = next;
  }
}

function wrappedBy(node: Syntax): Syntax | undefined {
  const first = node.children.find((child) => child.type !== "(" && child.type !== "ERROR");
  switch (node.type) {
    case "case_pattern":
      return first?.type === "-" ? undefined : first;
    case "as_pattern":
      return first;
    case "tuple_pattern":
      return hasToken(node, ",") || namedOf(node).length !== 1 ? undefined : first;
    default:
      return undefined;
  }
}

function valueTest(ctx: Context, node: Syntax): Expr {
  if (node.type === "case_pattern") {
    const number = childOf(node, "integer", "float");
    if (!number) return notAValue(node);
    return { k: "negate", of: lowerExpression(ctx, number), at: rangeOf(node) };
  }
  if (node.type === "dotted_name") return lowerDotted(ctx, node);
  const values = ["string", "concatenated_string", "integer", "float", "true", "false", "none"];
  return values.includes(node.type) ? lowerExpression(ctx, node) : notAValue(node);
}

function notAValue(node: Syntax): Expr {
  return unknown(rangeOf(node), "a pattern that is no value");
}

function lowerDotted(ctx: Context, node: Syntax): Expr {
  const [first, ...others] = namedOf(node);
  if (!first || !fits(ctx, others.length)) return notAValue(node);
  return others.reduce<Expr>(
    (of, name) => ({
      k: "member",
      of,
      name: textOf(ctx, name),
      nameAt: rangeOf(name),
      at: [node.start, name.end],
    }),
    lowerExpression(ctx, first),
  );
}

/** The name that a pattern binds the whole subject to. */
function captureName(ctx: Context, node: Syntax): string | undefined {
  if (node.type !== "dotted_name" || namedOf(node).length !== 1) return undefined;
  return textOf(ctx, node);
}

/** Declarations of the names in a pattern: the subject where it is bound whole, else something unknown. */
function bindings(ctx: Context, on: Expr, pattern: Syntax): Stmt[] {
  const whole = isRepeatable(on) ? on : undefined;
  const inner = unwrapped(pattern);
  const names = capturedNames(pattern);
  return names.map((name): Stmt => {
    const isWhole = whole !== undefined && (name === inner || isAliasOf(pattern, name));
    const value = isWhole ? whole : unknown(rangeOf(name), "a part that a pattern took");
    const target = { k: "name", name: textOf(ctx, name), at: rangeOf(name) } as const;
    return { k: "let", target, value, at: rangeOf(name) };
  });
}

/** Whether evaluating an expression once more has no effect of its own. */
function isRepeatable(expr: Expr): boolean {
  switch (expr.k) {
    case "name":
    case "this":
    case "lit":
      return true;
    case "member":
      return isRepeatable(expr.of);
    case "index":
      return isRepeatable(expr.of) && isRepeatable(expr.key);
    default:
      return false;
  }
}

function isAliasOf(pattern: Syntax, name: Syntax): boolean {
  const alias = pattern.type === "case_pattern" ? pattern.children[0] : pattern;
  return alias?.type === "as_pattern" && alias.children.at(-1) === name;
}

/** Nodes of the names that a pattern binds: lone names, `as` names and starred ones. */
function capturedNames(pattern: Syntax): Syntax[] {
  const found: Syntax[] = [];
  const open = [pattern];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === "dotted_name") {
      if (namedOf(node).length === 1) found.push(node);
      continue;
    }
    const skipsName = node.type === "class_pattern" || node.type === "keyword_pattern";
    const children = namedOf(node).slice(skipsName ? 1 : 0);
    found.push(...children.filter((child) => child.type === "identifier"));
    open.push(...children.filter((child) => child.type !== "identifier").toReversed());
  }
  return found;
}
