/** Lists of statements, and what each statement does with names. */
import type { Range } from "../../../../../shared/src/ir/span";
import type { Listed } from "../../write-common/source";
import { childAt, namedOf, rangeOf, type Syntax } from "../syntax";
import { codeOf, importedNames, isMemberName, pathTo, unwrapped, type Tree } from "./syntax";

/** See `Source.statements`. */
export function statementsAt(tree: Tree, at: Range): Listed[] {
  const list = pathTo(tree, at).findLast(
    (node) => isList(node) && statementsOf(node).some((each) => contains(each, at)),
  );
  return list ? statementsOf(list).map((statement) => listed(tree, statement)) : [];
}

const isList = ({ type }: Syntax): boolean => type === "module" || type === "block";

const contains = (node: Syntax, [start, end]: Range): boolean =>
  node.start <= start && end <= node.end;

function statementsOf(list: Syntax): Syntax[] {
  return list.children.filter(({ named, type }) => named && type !== "comment");
}

function listed(tree: Tree, statement: Syntax): Listed {
  const names = new Set<string>();
  const binds = new Set<string>();
  const sets = new Set<string>();
  const open = [statement];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === "identifier" && !isMemberName(tree, node)) names.add(codeOf(tree, node));
    for (const target of targetsOf(node)) {
      const root = rootOf(tree, target);
      if (root !== undefined) (target.type === "identifier" ? binds : sets).add(root);
    }
    open.push(...node.children);
  }
  for (const name of declaredBy(tree, statement)) binds.add(name);
  const on = receiverOf(tree, statement);
  const head = headOf(statement);
  return {
    range: rangeOf(statement),
    kind: kindOf(statement),
    names,
    binds,
    sets,
    ...(on === undefined ? {} : { on }),
    ...(head ? { head } : {}),
  };
}

function kindOf(statement: Syntax): Listed["kind"] {
  if (/import/.test(statement.type)) return "import";
  if (/_definition$/.test(statement.type)) return "declaration";
  const inner = unwrapped(statement);
  if (inner?.type === "call") return "call";
  const target = inner?.type === "assignment" ? childAt(inner, "left") : undefined;
  return target?.type === "identifier" ? "constant" : "other";
}

/** Decorators are run where they stand. */
function headOf(statement: Syntax): Range | undefined {
  const decorators = statement.children.filter(({ type }) => type === "decorator");
  const [first, last] = [decorators[0], decorators.at(-1)];
  return first && last ? [first.start, last.end] : undefined;
}

function receiverOf(tree: Tree, statement: Syntax): string | undefined {
  const inner = unwrapped(statement);
  if (inner?.type === "call") return rootOf(tree, inner);
  const target = inner?.type === "assignment" ? childAt(inner, "left") : undefined;
  return target && rootOf(tree, target);
}

/** `app` of `app`, `app.api.cors` and `app.route("/")`. */
function rootOf(tree: Tree, node: Syntax): string | undefined {
  if (node.type === "identifier") return codeOf(tree, node);
  const further = { attribute: "object", subscript: "value", call: "function" }[node.type];
  const inner = further === undefined ? undefined : childAt(node, further);
  return inner && rootOf(tree, inner);
}

/** What a node gives another value. */
function targetsOf(node: Syntax): readonly Syntax[] {
  if (/^(assignment|augmented_assignment|for_statement|for_in_clause)$/.test(node.type)) {
    const left = childAt(node, "left");
    if (!left) return [];
    return /_list$|^tuple/.test(left.type) ? namedOf(left) : [left];
  }
  if (node.type === "named_expression") return namedOf(node).slice(0, 1);
  return /^(as_pattern_target|delete_statement)$/.test(node.type) ? namedOf(node) : [];
}

function declaredBy(tree: Tree, statement: Syntax): string[] {
  const definition = childAt(statement, "definition") ?? statement;
  if (/_definition$/.test(definition.type)) {
    const name = childAt(definition, "name");
    return name ? [codeOf(tree, name)] : [];
  }
  return /^import_(from_)?statement$/.test(statement.type) ? importedNames(tree, statement) : [];
}
