import { ts } from "ts-morph";
import type { Expr, FunctionFacts, Param, Stmt } from "../../../../shared/src/ir/facts";
import type { Range } from "../../../../shared/src/ir/span";
import { type Context, hasModifier, modifiersOf, rangeOf, textOf } from "./context";
import { boundNames, hoistVars } from "./hoist";
import { lowerExpression } from "./lower-expression";
import { lowerKey } from "./lower-literal";
import { lowerBinding } from "./lower-pattern";
import { lowerStatements } from "./lower-statement";

const kind = ts.SyntaxKind;

type FunctionNode =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.AccessorDeclaration
  | ts.ConstructorDeclaration;

/** Lowers a function that has a body; overloads and abstract members are the caller's to drop. */
export function lowerFunction(outer: Context, node: FunctionNode): FunctionFacts {
  const params = node.parameters.filter((param) => !isThis(param));
  const names = new Set(params.flatMap((param) => boundNames(param.name)));
  const { hoisted, stmts } = hoistVars(outer, node.body, names);
  const context: Context = { ...outer, hoisted, update: [], jumps: [] };
  const decorators = lowerDecorators(context, node);
  const functionKind = kindOf(node);
  return {
    ...lowerFunctionName(context, node),
    params: params.map((param) => lowerParam(context, param)),
    body: [...parameterProperties(context, node), ...stmts, ...lowerBody(context, node.body)],
    ...(hasModifier(node, kind.AsyncKeyword) ? { async: true } : {}),
    ...("asteriskToken" in node && node.asteriskToken ? { generator: true } : {}),
    ...(ts.isArrowFunction(node) ? { arrow: true } : {}),
    ...(functionKind ? { kind: functionKind } : {}),
    ...(hasModifier(node, kind.StaticKeyword) ? { static: true } : {}),
    ...(decorators.length > 0 ? { decorators } : {}),
    ...(node.type ? { returns: textOf(context, node.type) } : {}),
    at: rangeOf(context, node),
  };
}

export function lowerDecorators(context: Context, node: ts.Node): Expr[] {
  return modifiersOf(node)
    .filter(ts.isDecorator)
    .map((decorator) => lowerExpression(context, decorator.expression));
}

/** The name of a class member or property; a computed one keeps its brackets, so it cannot be taken for another. */
export function memberName(
  context: Context,
  name: ts.PropertyName,
): { name: string; nameAt: Range } {
  const { key, keyAt } = lowerKey(context, name);
  const text = key.k === "lit" ? String(key.value) : textOf(context, name);
  return { name: text, nameAt: keyAt };
}

function lowerFunctionName(context: Context, node: FunctionNode) {
  if (node.name === undefined || ts.isConstructorDeclaration(node)) return {};
  if (!ts.isIdentifier(node.name)) return memberName(context, node.name);
  return node.name.text === "" ? {} : { name: node.name.text, nameAt: rangeOf(context, node.name) };
}

function kindOf(node: FunctionNode): FunctionFacts["kind"] {
  if (ts.isConstructorDeclaration(node)) return "constructor";
  if (ts.isMethodDeclaration(node)) return "method";
  if (ts.isGetAccessorDeclaration(node)) return "getter";
  return ts.isSetAccessorDeclaration(node) ? "setter" : undefined;
}

function lowerBody(context: Context, body: ts.ConciseBody | undefined): Stmt[] {
  if (body === undefined) return [];
  if (ts.isBlock(body)) return lowerStatements(context, body.statements);
  const value = lowerExpression(context, body);
  return [{ k: "return", value, at: value.at }];
}

/** TypeScript's `this` parameter is an annotation. */
function isThis(param: ts.ParameterDeclaration): boolean {
  return ts.isIdentifier(param.name) && param.name.text === "this";
}

function lowerParam(context: Context, param: ts.ParameterDeclaration): Param {
  return {
    target: lowerBinding(context, param.name),
    ...(param.initializer ? { default: lowerExpression(context, param.initializer) } : {}),
    ...(param.dotDotDotToken ? { rest: "items" } : {}),
    ...(param.type ? { type: textOf(context, param.type) } : {}),
    at: rangeOf(context, param),
  };
}

const propertyModifiers: ReadonlySet<ts.SyntaxKind> = new Set([
  kind.PublicKeyword,
  kind.PrivateKeyword,
  kind.ProtectedKeyword,
  kind.ReadonlyKeyword,
  kind.OverrideKeyword,
]);

/** `constructor(private x: T)` begins with `this.x = x`. */
function parameterProperties(context: Context, node: FunctionNode): Stmt[] {
  if (!ts.isConstructorDeclaration(node)) return [];
  return node.parameters.flatMap((param): Stmt[] => {
    if (!modifiersOf(param).some((modifier) => propertyModifiers.has(modifier.kind))) return [];
    if (!ts.isIdentifier(param.name)) return [];
    const at = rangeOf(context, param.name);
    const name = param.name.text;
    const place: Expr = { k: "member", of: { k: "this", at }, name, nameAt: at, at };
    const value: Expr = { k: "name", name, at };
    return [{ k: "expr", expr: { k: "assign", target: { k: "place", place, at }, value, at }, at }];
  });
}
