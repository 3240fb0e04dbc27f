import type {
  BinaryOp,
  ComprehensionLoop,
  Entry,
  Expr,
  Item,
} from "../../../../shared/src/ir/facts";
import { deeper, fits, literal, textOf, unknown, type Context } from "./context";
import { lowerCall } from "./lower-call";
import { lowerLambda } from "./lower-function";
import { lowerTarget, nowhere } from "./lower-pattern";
import { innerRange, lowerConcatenation, lowerString } from "./strings";
import { childAt, childrenAt, hasToken, namedOf, rangeOf, type Syntax } from "./syntax";

type Lower = (ctx: Context, node: Syntax) => Expr;

/** Every kind of expression of the grammar. */
const lowerings: ReadonlyMap<string, Lower> = new Map<string, Lower>([
  ["identifier", lowerName],
  ["string", lowerString],
  ["concatenated_string", lowerConcatenation],
  ["integer", lowerNumber],
  ["float", lowerNumber],
  ["true", (_, node) => literal(true, rangeOf(node))],
  ["false", (_, node) => literal(false, rangeOf(node))],
  ["none", (_, node) => literal(null, rangeOf(node))],
  ["ellipsis", (_, node) => unknown(rangeOf(node), "an ellipsis")],
  ["parenthesized_expression", lowerParentheses],
  ["list", lowerArray],
  ["tuple", lowerArray],
  ["set", lowerArray],
  ["expression_list", lowerArray],
  ["pattern_list", lowerArray],
  ["dictionary", lowerDictionary],
  ["list_comprehension", lowerComprehension],
  ["set_comprehension", lowerComprehension],
  ["generator_expression", lowerComprehension],
  ["dictionary_comprehension", lowerComprehension],
  ["attribute", lowerAttribute],
  ["subscript", lowerSubscript],
  ["slice", (ctx, node) => unknown(rangeOf(node), "a slice", lowerParts(ctx, node))],
  ["call", lowerCall],
  ["lambda", lowerLambda],
  ["binary_operator", lowerBinary],
  ["boolean_operator", lowerBoolean],
  ["comparison_operator", lowerComparison],
  ["not_operator", (ctx, node) => ({ k: "not", of: childExpression(ctx, node, "argument"), at: rangeOf(node) })],
  ["unary_operator", lowerUnary],
  ["conditional_expression", lowerConditional],
  ["named_expression", lowerWalrus],
  ["await", (ctx, node) => ({ k: "await", of: lowerOnly(ctx, node), at: rangeOf(node) })],
  ["yield", lowerYield],
]); // prettier-ignore

/** One expression; never throws. What the grammar did not recognise becomes `unknown` with what is inside it. */
export function lowerExpression(ctx: Context, node: Syntax): Expr {
  const lower = lowerings.get(node.type);
  return deeper(
    ctx,
    node,
    () => unknown(rangeOf(node), "nested too deeply"),
    () => {
      if (node.missing) return unknown(rangeOf(node), "missing in the text");
      return lower
        ? lower(ctx, node)
        : unknown(rangeOf(node), `syntax: ${node.type}`, lowerParts(ctx, node));
    },
  );
}

/** Whether this node can be lowered as an expression. */
export function isExpression(node: Syntax): boolean {
  return lowerings.has(node.type);
}

/** The expression in a role of its parent, unknown where broken code lacks it. */
export function childExpression(ctx: Context, node: Syntax, field: string): Expr {
  return lowerOr(ctx, node, childAt(node, field));
}

function lowerOr(ctx: Context, parent: Syntax, node: Syntax | undefined): Expr {
  return node ? lowerExpression(ctx, node) : unknown(rangeOf(parent), "missing in the text");
}

function lowerOnly(ctx: Context, node: Syntax): Expr {
  return lowerOr(ctx, node, namedOf(node)[0]);
}

function lowerParts(ctx: Context, node: Syntax): Expr[] {
  return namedOf(node)
    .filter(isExpression)
    .map((child) => lowerExpression(ctx, child));
}

function lowerName(ctx: Context, node: Syntax): Expr {
  const name = textOf(ctx, node);
  if (name === ctx.scope.self) return { k: "this", at: rangeOf(node) };
  return { k: "name", name, at: rangeOf(node) };
}

function lowerNumber(ctx: Context, node: Syntax): Expr {
  const text = textOf(ctx, node).replaceAll("_", "").toLowerCase();
  const value = Number(text.replace(/^0+(?=\d)/, ""));
  if (Number.isNaN(value)) return unknown(rangeOf(node), "a number of another kind");
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) {
    return unknown(rangeOf(node), "a number too large");
  }
  return literal(value, rangeOf(node));
}

function lowerParentheses(ctx: Context, node: Syntax): Expr {
  return lowerOnly(ctx, node);
}

function lowerArray(ctx: Context, node: Syntax): Expr {
  return {
    k: "array",
    items: namedOf(node).map((child) => lowerItem(ctx, child)),
    at: rangeOf(node),
  };
}

function lowerItem(ctx: Context, node: Syntax): Item {
  if (node.type === "list_splat" || node.type === "list_splat_pattern") {
    return { value: lowerOnly(ctx, node), spread: true };
  }
  return { value: lowerExpression(ctx, node) };
}

function lowerDictionary(ctx: Context, node: Syntax): Expr {
  const entries = namedOf(node).flatMap((child): Entry[] => {
    if (child.type === "pair") return [lowerPair(ctx, child)];
    return [{ spread: lowerOnly(ctx, child), at: rangeOf(child) }];
  });
  return { k: "object", entries, at: rangeOf(node) };
}

function lowerPair(ctx: Context, node: Syntax): Entry {
  const key = childAt(node, "key");
  return {
    key: lowerOr(ctx, node, key),
    keyAt: innerRange(key ?? node),
    value: childExpression(ctx, node, "value"),
    at: rangeOf(node),
  };
}

function lowerComprehension(ctx: Context, node: Syntax): Expr {
  const body = childAt(node, "body");
  const loops = comprehensionLoops(ctx, node);
  if (body?.type === "pair") {
    const key = childExpression(ctx, body, "key");
    const element = childExpression(ctx, body, "value");
    return { k: "comprehension", into: "object", key, element, loops, at: rangeOf(node) };
  }
  const element = lowerOr(ctx, node, body);
  return { k: "comprehension", into: "array", element, loops, at: rangeOf(node) };
}

function comprehensionLoops(ctx: Context, node: Syntax): ComprehensionLoop[] {
  const clauses = namedOf(node);
  const starts = clauses.flatMap((clause, i) => (clause.type === "for_in_clause" ? [i] : []));
  return starts.flatMap((start, i) => {
    const clause = clauses[start];
    if (!clause) return [];
    const conditions = clauses.slice(start + 1, starts[i + 1]);
    const target = childAt(clause, "left");
    const iterables = childrenAt(clause, "right");
    return [
      {
        target: target ? lowerTarget(ctx, target) : nowhere(clause),
        iterable:
          iterables.length > 1 ? lowerTuple(ctx, iterables) : lowerOr(ctx, clause, iterables[0]),
        conditions: conditions.map((condition) => lowerOnly(ctx, condition)),
      },
    ];
  });
}

function lowerAttribute(ctx: Context, node: Syntax): Expr {
  const name = childAt(node, "attribute");
  const of = childExpression(ctx, node, "object");
  if (!name || name.missing) return unknown(rangeOf(node), "missing in the text", [of]);
  return { k: "member", of, name: textOf(ctx, name), nameAt: rangeOf(name), at: rangeOf(node) };
}

function lowerSubscript(ctx: Context, node: Syntax): Expr {
  const of = childExpression(ctx, node, "value");
  const keys = childrenAt(node, "subscript");
  // A part of a text or a list, and no element of it.
  if (keys.some(({ type }) => type === "slice"))
    return unknown(rangeOf(node), "a slice", lowerParts(ctx, node));
  const isTuple = keys.length > 1 || hasToken(node, ",");
  const key = isTuple ? lowerTuple(ctx, keys) : lowerOr(ctx, node, keys[0]);
  return { k: "index", of, key, at: rangeOf(node) };
}

/** Expressions between commas without brackets of their own. */
export function lowerTuple(ctx: Context, nodes: readonly Syntax[]): Expr {
  const items = nodes.map((node) => lowerItem(ctx, node));
  return { k: "array", items, at: [nodes[0]?.start ?? 0, nodes.at(-1)?.end ?? 0] };
}

const binaryOps: ReadonlySet<string> = new Set<BinaryOp>([
  "+", "-", "*", "/", "%", "**", "//", "|", "&", "^", "<<", ">>", "@",
  "==", "!=", "<", "<=", ">", ">=", "in", "not in",
]); // prettier-ignore

/** An operator's name in the facts, from its token; undefined where the facts have none. */
export function binaryOp(token: string): BinaryOp | undefined {
  if (token === "is") return "==";
  if (token === "is not" || token === "<>") return "!=";
  return isBinaryOp(token) ? token : undefined;
}

function isBinaryOp(token: string): token is BinaryOp {
  return binaryOps.has(token);
}

function lowerBinary(ctx: Context, node: Syntax): Expr {
  const op = binaryOp(childAt(node, "operator")?.type ?? "");
  const left = childExpression(ctx, node, "left");
  const right = childExpression(ctx, node, "right");
  if (op === undefined) return unknown(rangeOf(node), "an operator", [left, right]);
  return { k: "binary", op, left, right, at: rangeOf(node) };
}

function lowerBoolean(ctx: Context, node: Syntax): Expr {
  return {
    k: "logical",
    op: hasToken(node, "or") ? "or" : "and",
    left: childExpression(ctx, node, "left"),
    right: childExpression(ctx, node, "right"),
    at: rangeOf(node),
  };
}

/** `a < b < c` is `a < b and b < c`. */
function lowerComparison(ctx: Context, node: Syntax): Expr {
  const operands = namedOf(node).filter((child) => child.field !== "operators");
  const values = operands.map((operand) => lowerExpression(ctx, operand));
  const operators = node.children.filter((child) => child.field === "operators");
  const steps = operators.map((operator, i): Expr => {
    const left = values[i] ?? unknown(rangeOf(node), "missing in the text");
    const right = values[i + 1] ?? unknown(rangeOf(node), "missing in the text");
    const op = binaryOp(operator.type);
    const at = [left.at[0], right.at[1]] as const;
    return op ? { k: "binary", op, left, right, at } : unknown(at, "an operator", [left, right]);
  });
  const [first, ...rest] = steps;
  if (!first) return unknown(rangeOf(node), "missing in the text", values);
  if (!fits(ctx, steps.length)) return unknown(rangeOf(node), "nested too deeply", values);
  return rest.reduce<Expr>(
    (left, right) => ({ k: "logical", op: "and", left, right, at: [left.at[0], right.at[1]] }),
    first,
  );
}

function lowerUnary(ctx: Context, node: Syntax): Expr {
  const operator = childAt(node, "operator")?.type;
  const of = childExpression(ctx, node, "argument");
  if (operator === "-") return { k: "negate", of, at: rangeOf(node) };
  if (operator === "+" && of.k === "lit") return of;
  return unknown(rangeOf(node), `the operator ${operator ?? ""}`, [of]);
}

function lowerConditional(ctx: Context, node: Syntax): Expr {
  const [then, test, otherwise] = namedOf(node);
  return {
    k: "conditional",
    test: lowerOr(ctx, node, test),
    then: lowerOr(ctx, node, then),
    else: lowerOr(ctx, node, otherwise),
    at: rangeOf(node),
  };
}

function lowerWalrus(ctx: Context, node: Syntax): Expr {
  const name = childAt(node, "name");
  const value = childExpression(ctx, node, "value");
  if (!name) return value;
  return { k: "assign", target: lowerTarget(ctx, name), value, at: rangeOf(node) };
}

function lowerYield(ctx: Context, node: Syntax): Expr {
  ctx.scope.yields = true;
  return unknown(rangeOf(node), "a value that a generator is sent", lowerParts(ctx, node));
}
