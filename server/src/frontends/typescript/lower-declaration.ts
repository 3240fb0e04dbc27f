import { ts } from "ts-morph";
import type { Entry, Expr, Stmt } from "../../../../shared/src/ir/facts";
import type { Range } from "../../../../shared/src/ir/span";
import { type Context, callOf, descend, rangeOf, textOf, unknown } from "./context";
import { hoistVars, identifiersOf, isVar } from "./hoist";
import { lowerExpression } from "./lower-expression";
import { lowerKey } from "./lower-literal";
import { exportsOf } from "./lower-module";
import { lowerBinding } from "./lower-pattern";
import { lowerRequire } from "./lower-require";
import { lowerStatements } from "./lower-statement";

/** @param at the range of the statement; where it declares several, each has its own */
export function lowerVariables(
  context: Context,
  list: ts.VariableDeclarationList,
  at: Range,
): Stmt[] {
  const alone = list.declarations.length === 1;
  return list.declarations.flatMap((node) => {
    const range = alone ? at : rangeOf(context, node);
    const required = lowerRequire(context, node, range);
    return required ? [required] : lowerVariable(context, list, node, range);
  });
}

function lowerVariable(
  context: Context,
  list: ts.VariableDeclarationList,
  node: ts.VariableDeclaration,
  at: Range,
): Stmt[] {
  const target = lowerBinding(context, node.name);
  const value = node.initializer && lowerExpression(context, node.initializer);
  if (isVar(list) && identifiersOf(node.name).some(({ text }) => context.hoisted.has(text))) {
    return value ? [{ k: "expr", expr: { k: "assign", target, value, at }, at }] : [];
  }
  const constant = (list.flags & ts.NodeFlags.Const) !== 0;
  return [
    {
      k: "let",
      target,
      ...(value ? { value } : {}),
      ...(constant ? { const: true } : {}),
      ...(node.type ? { type: textOf(context, node.type) } : {}),
      at,
    },
  ];
}

/** An enum is a constant object; members without a value count on from the one before. */
export function lowerEnum(context: Context, node: ts.EnumDeclaration): Stmt {
  const at = rangeOf(context, node);
  const values = new Map<string, Expr>();
  let next: number | undefined = 0;
  const entries = node.members.map((member): Entry => {
    const memberAt = rangeOf(context, member);
    const { key, keyAt } = lowerKey(context, member.name);
    const value = enumValue(context, member, values, next);
    const number = numberOf(value);
    next = number === undefined ? undefined : number + 1;
    if (key.k === "lit") values.set(String(key.value), value);
    return { key, keyAt, value, at: memberAt };
  });
  const target = { k: "name", name: node.name.text, at: rangeOf(context, node.name) } as const;
  return { k: "let", target, value: { k: "object", entries, at }, const: true, at };
}

function enumValue(
  context: Context,
  member: ts.EnumMember,
  earlier: ReadonlyMap<string, Expr>,
  next: number | undefined,
): Expr {
  const at = rangeOf(context, member);
  if (member.initializer === undefined) {
    return next === undefined ? unknown("enum value", at) : { k: "lit", value: next, at };
  }
  const value = lowerExpression(context, member.initializer);
  // Within an enum the names of its earlier members are in scope.
  return (value.k === "name" ? earlier.get(value.name) : undefined) ?? value;
}

function numberOf(value: Expr): number | undefined {
  if (value.k === "negate") {
    const number = numberOf(value.of);
    return number === undefined ? undefined : -number;
  }
  return value.k === "lit" && typeof value.value === "number" ? value.value : undefined;
}

/**
 * A namespace is the object that a function called at once returns: its statements, then what it exports. One that holds
 * nothing but types is none.
 */
export function lowerNamespace(context: Context, node: ts.ModuleDeclaration): Stmt[] {
  if (!ts.isIdentifier(node.name) || node.body === undefined) return [];
  const at = rangeOf(context, node);
  const all = namespaceBody(context, node.body);
  if (all.length === 0) return [];
  const entries: Entry[] = [];
  const body: Stmt[] = [];
  for (const stmt of all) {
    if (stmt.k !== "export") body.push(stmt);
    else {
      const key: Expr = { k: "lit", value: stmt.name, at: stmt.at };
      entries.push({ key, keyAt: stmt.at, value: stmt.value, at: stmt.at });
    }
  }
  body.push({ k: "return", value: { k: "object", entries, at }, at });
  const target = { k: "name", name: node.name.text, at: rangeOf(context, node.name) } as const;
  const declared: Stmt = { k: "let", target, value: callOf(body, at), const: true, at };
  return [declared, ...exportsOf(context, node, [node.name])];
}

function namespaceBody(outer: Context, body: ts.ModuleBody | ts.JSDocNamespaceBody): Stmt[] {
  if (ts.isModuleBlock(body)) {
    const { hoisted, stmts } = hoistVars(outer, body, new Set());
    const context: Context = { ...outer, hoisted, update: [], jumps: [] };
    return [...stmts, ...lowerStatements(context, body.statements)];
  }
  if (!ts.isModuleDeclaration(body) || !ts.isIdentifier(body.name)) return [];
  // `namespace A.B` is a namespace B that A exports.
  const inner = descend(
    outer,
    body,
    () => lowerNamespace(outer, body),
    () => [],
  );
  if (inner.length === 0) return [];
  const at = rangeOf(outer, body.name);
  const value: Expr = { k: "name", name: body.name.text, at };
  return [...inner, { k: "export", name: body.name.text, value, at }];
}
