/** What names mean at a place of a parsed file, as far as a writer that moves expressions has to know. */
import { ts } from "ts-morph";
import type { Range } from "../../../../../shared/src/ir/span";
import { isAssignment, isMemberName, isStep, namesBound, nodeAt, unwrapped } from "./syntax";

const kind = ts.SyntaxKind;

export type FunctionNode = ts.ArrowFunction | ts.FunctionDeclaration | ts.FunctionExpression;

/** The function that stands at a range; methods are none. */
export function functionAt(ast: ts.SourceFile, at: Range): FunctionNode | undefined {
  const node = unwrapped(nodeAt(ast, at));
  const isFunction =
    node &&
    (ts.isArrowFunction(node) || ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node));
  return isFunction ? node : undefined;
}

/** See `Source.reaches`. */
export function reaches(
  ast: ts.SourceFile,
  expression: Range,
  fnAt: Range,
  event: string | undefined,
): boolean {
  const fn = functionAt(ast, fnAt);
  const node = nodeAt(ast, expression);
  const names = node && namesIn(node);
  if (!fn || !names) return false;
  return names.every((name) => {
    const own = parametersOf(fn).includes(name);
    if (hides(fn.body, name) || (!own && changes(fn.body, name))) return false;
    const owner = ownerOf(node, name, fn);
    if (owner === undefined) return !own || isInside(node, fn);
    return own && name === event && parametersOf(owner).includes(name);
  });
}

/** See `Source.keeps`. */
export function keeps(ast: ts.SourceFile, name: string, fnAt: Range): boolean {
  const fn = functionAt(ast, fnAt);
  return fn !== undefined && parametersOf(fn).includes(name) && !hides(fn.body, name);
}

/** The names on which a plain expression hangs; undefined of one that is not plain. */
function namesIn(expression: ts.Node): readonly string[] | undefined {
  const names: string[] = [];
  const visit = (node: ts.Node): boolean => {
    if (ts.isIdentifier(node)) {
      if (node.text === "arguments") return false;
      if (!isMemberName(node)) names.push(node.text);
      return true;
    }
    if (isStrange(node)) return false;
    return ts.forEachChild(node, (child) => (visit(child) ? undefined : true)) !== true;
  };
  return visit(expression) ? names : undefined;
}

function isStrange(node: ts.Node): boolean {
  return (
    ts.isFunctionLike(node) ||
    ts.isClassLike(node) ||
    isStep(node) ||
    isAssignment(node) ||
    [kind.ThisKeyword, kind.SuperKeyword, kind.AwaitExpression, kind.YieldExpression].includes(
      node.kind,
    )
  );
}

/** The function around the expression whose own the name is, when that is not also around `fn`. */
function ownerOf(expression: ts.Node, name: string, fn: FunctionNode): FunctionLike | undefined {
  for (let node = expression.parent; !isInside(fn, node); node = node.parent)
    if (isFunctionLike(node) && (parametersOf(node).includes(name) || declares(node, name)))
      return node;
  return undefined;
}

type FunctionLike = ts.SignatureDeclaration & { readonly body?: ts.Node };

function isFunctionLike(node: ts.Node): node is FunctionLike {
  return ts.isFunctionLike(node);
}

function isInside(inner: ts.Node, outer: ts.Node): boolean {
  return outer.pos <= inner.pos && inner.end <= outer.end;
}

function parametersOf(fn: ts.SignatureDeclaration): readonly string[] {
  return fn.parameters.flatMap(({ name }) => namesBound(name));
}

function declares({ body }: FunctionLike, name: string): boolean {
  return body !== undefined && some(body, (node) => declarationOf(node).includes(name));
}

/** Names that a node declares for what is around it. */
function declarationOf(node: ts.Node): readonly string[] {
  if (ts.isVariableDeclaration(node)) return namesBound(node.name);
  const named = ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node);
  return named && node.name ? [node.name.text] : [];
}

const mutators = /^(set|append|add|delete|push|assign|clear|splice|unshift|defineProperty)$/;

/** Code that declares the name anew or gives it another value. */
function hides(body: ts.Node | undefined, name: string): boolean {
  return (
    body !== undefined &&
    some(body, (node) => {
      if (isAssignment(node))
        return rootOf(node.left) === undefined
          ? namesUnder(node.left).includes(name)
          : isNamed(node.left, name);
      return declarationOf(node).includes(name) || (isStep(node) && isNamed(node.operand, name));
    })
  );
}

/** Code that changes what the name stands for. */
function changes(body: ts.Node | undefined, name: string): boolean {
  const is = (node: ts.Node | undefined): boolean => node !== undefined && rootOf(node) === name;
  return (
    body !== undefined &&
    some(body, (node) => {
      if (isAssignment(node)) return is(node.left);
      if (isStep(node)) return is(node.operand);
      if (ts.isDeleteExpression(node)) return is(node.expression);
      if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression))
        return false;
      const { expression, name: member } = node.expression;
      if (!mutators.test(member.text)) return false;
      return is(expression) || (rootOf(expression) === "Object" && is(node.arguments[0]));
    })
  );
}

function isNamed(node: ts.Node, name: string): boolean {
  const inner = unwrapped(node);
  return inner !== undefined && ts.isIdentifier(inner) && inner.text === name;
}

/** `a` in `a`, `a.b` and `a["b"]`. */
function rootOf(node: ts.Node): string | undefined {
  const inner = unwrapped(node);
  if (inner && (ts.isPropertyAccessExpression(inner) || ts.isElementAccessExpression(inner)))
    return rootOf(inner.expression);
  return inner && ts.isIdentifier(inner) ? inner.text : undefined;
}

/** The names in a pattern. */
function namesUnder(pattern: ts.Node): readonly string[] {
  const names: string[] = [];
  some(pattern, (node) => {
    if (ts.isIdentifier(node)) names.push(node.text);
    return false;
  });
  return names;
}

function some(node: ts.Node, holds: (node: ts.Node) => boolean): boolean {
  return holds(node) || ts.forEachChild(node, (child) => some(child, holds) || undefined) === true;
}
