import type { ClassFacts, Expr, FunctionFacts } from "../../../../shared/src/ir/facts";
import { addGap, newScope, textOf, unknown, type Context } from "./context";
import { assignmentOf, chainOf } from "./lower-assignment";
import { lowerArguments } from "./lower-call";
import { lowerExpression } from "./lower-expression";
import { decorated, lowerMethod } from "./lower-function";
import { childAt, namedOf, rangeOf, type Syntax } from "./syntax";

type Field = ClassFacts["fields"][number];

/**
 * A class: its methods, and everything else that its body binds to a name as static fields. Statements that bind
 * nothing are gaps.
 */
export function lowerClass(
  ctx: Context,
  node: Syntax,
  decorators: readonly Syntax[] = [],
): ClassFacts {
  const name = childAt(node, "name");
  const methods: FunctionFacts[] = [];
  const fields: Field[] = [];
  const body = childAt(node, "body");
  const inner: Context = { ...ctx, scope: newScope(ctx.scope.self) };
  for (const member of body ? membersOf(body) : []) {
    const { definition, marks } = undecorated(member);
    if (definition.type === "function_definition")
      methods.push(lowerMethod(inner, definition, marks));
    else fields.push(...lowerFields(inner, definition, marks));
  }
  return {
    ...(name ? { name: textOf(ctx, name), nameAt: rangeOf(name) } : {}),
    ...basesOf(ctx, childAt(node, "superclasses")),
    methods,
    fields,
    ...decorated(ctx, decorators),
    at: rangeOf(node),
  };
}

/** A definition without its decorators, and those. */
export function undecorated(node: Syntax): { definition: Syntax; marks: readonly Syntax[] } {
  const definition = node.type === "decorated_definition" ? childAt(node, "definition") : undefined;
  if (!definition) return { definition: node, marks: [] };
  return { definition, marks: node.children.filter((child) => child.type === "decorator") };
}

/** The statements of a class's body, those inside errors too. */
function membersOf(body: Syntax): Syntax[] {
  return body.children
    .flatMap((child) => (child.type === "ERROR" ? child.children : [child]))
    .filter((child) => child.named);
}

function basesOf(
  ctx: Context,
  bases: Syntax | undefined,
): Pick<ClassFacts, "extends" | "otherBases"> {
  const args = lowerArguments(ctx, bases).filter((arg) => arg.name === undefined);
  const [first, ...others] = args.map((arg) =>
    arg.spread ? unknown(arg.at, "bases from a list") : arg.value,
  );
  if (first === undefined) return {};
  return { extends: first, ...(others.length > 0 ? { otherBases: others } : {}) };
}

function lowerFields(ctx: Context, node: Syntax, marks: readonly Syntax[]): Field[] {
  if (node.type === "class_definition") return [nestedClass(ctx, node, marks)];
  if (node.type === "pass_statement") return [];
  const [expression] = namedOf(node);
  if (node.type === "expression_statement" && expression) {
    if (expression.type === "string" || expression.type === "ellipsis") return [];
    const assignment = assignmentOf(node);
    const fields = assignment && assignedFields(ctx, assignment);
    if (fields) return fields;
  }
  addGap(ctx, "a statement in the body of a class", rangeOf(node));
  return [];
}

function nestedClass(ctx: Context, node: Syntax, marks: readonly Syntax[]): Field {
  const cls = lowerClass(ctx, node, marks);
  const value: Expr = { k: "class", cls, at: rangeOf(node) };
  return { name: cls.name ?? "", value, static: true, at: rangeOf(node) };
}

/** The fields that `a = b = value` binds; nothing where a target is no plain name. */
function assignedFields(ctx: Context, assignment: Syntax): Field[] | undefined {
  const { targets, value } = chainOf(assignment);
  if (!targets.every((target) => target.type === "identifier")) return undefined;
  return targets.map((target) => ({
    name: textOf(ctx, target),
    ...(value ? { value: lowerExpression(ctx, value) } : {}),
    static: true,
    at: rangeOf(assignment),
  }));
}
