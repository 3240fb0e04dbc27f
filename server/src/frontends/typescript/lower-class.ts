import { ts } from "ts-morph";
import type { ClassFacts, FunctionFacts } from "../../../../shared/src/ir/facts";
import { type Context, callOf, hasModifier, rangeOf } from "./context";
import { hoistVars } from "./hoist";
import { lowerExpression } from "./lower-expression";
import { lowerDecorators, lowerFunction, memberName } from "./lower-function";
import { lowerStatements } from "./lower-statement";

const kind = ts.SyntaxKind;

type Field = ClassFacts["fields"][number];

export function lowerClass(context: Context, node: ts.ClassLikeDeclaration): ClassFacts {
  const methods: FunctionFacts[] = [];
  const fields: Field[] = [];
  for (const member of node.members) {
    if (ts.isPropertyDeclaration(member)) fields.push(...lowerField(context, member));
    else if (ts.isClassStaticBlockDeclaration(member))
      fields.push(lowerStaticBlock(context, member));
    else if (isMethod(member) && member.body) methods.push(lowerFunction(context, member));
  }
  const base = node.heritageClauses?.find((clause) => clause.token === kind.ExtendsKeyword)
    ?.types[0];
  const decorators = lowerDecorators(context, node);
  const named = node.name !== undefined && node.name.text !== "";
  return {
    ...(named ? { name: node.name.text, nameAt: rangeOf(context, node.name) } : {}),
    ...(base ? { extends: lowerExpression(context, base.expression) } : {}),
    methods,
    fields,
    ...(decorators.length > 0 ? { decorators } : {}),
    at: rangeOf(context, node),
  };
}

function isMethod(
  member: ts.ClassElement,
): member is ts.MethodDeclaration | ts.ConstructorDeclaration | ts.AccessorDeclaration {
  return (
    ts.isMethodDeclaration(member) || ts.isConstructorDeclaration(member) || ts.isAccessor(member)
  );
}

/** Fields that are only declared are type-only syntax. */
function lowerField(context: Context, node: ts.PropertyDeclaration): Field[] {
  if (hasModifier(node, kind.DeclareKeyword) || hasModifier(node, kind.AbstractKeyword)) return [];
  return [
    {
      name: memberName(context, node.name).name,
      ...(node.initializer ? { value: lowerExpression(context, node.initializer) } : {}),
      ...(hasModifier(node, kind.StaticKeyword) ? { static: true } : {}),
      at: rangeOf(context, node),
    },
  ];
}

/** A static block runs in its place among the static fields: a field with a name that nobody can read. */
function lowerStaticBlock(outer: Context, node: ts.ClassStaticBlockDeclaration): Field {
  const { hoisted, stmts } = hoistVars(outer, node.body, new Set());
  const context: Context = { ...outer, hoisted, update: [], jumps: [] };
  const at = rangeOf(context, node);
  const body = [...stmts, ...lowerStatements(context, node.body.statements)];
  return { name: "static {}", value: callOf(body, at), static: true, at };
}
