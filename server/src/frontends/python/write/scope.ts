/** What names mean at a place of a parsed file, as far as a writer that moves expressions has to know. */
import type { Range } from "../../../../../shared/src/ir/span";
import { childAt, childrenAt, namedOf, type Syntax } from "../syntax";
import { codeOf, importedNames, isMemberName, nodeAt, pathTo, type Tree } from "./syntax";

/** The `def` that stands at a range. */
export function functionAt(tree: Tree, at: Range): Syntax | undefined {
  const node = nodeAt(tree, at);
  return node?.type === "function_definition" ? node : undefined;
}

/** See `Source.reaches`. */
export function reaches(
  tree: Tree,
  expression: Range,
  fnAt: Range,
  event: string | undefined,
): boolean {
  const fn = functionAt(tree, fnAt);
  const node = nodeAt(tree, expression);
  const names = node && namesIn(tree, node);
  if (!fn || !names) return false;
  const path = pathTo(tree, expression);
  const own = parametersOf(tree, fn);
  const between = path
    .filter(({ type }) =>
      /^(function_definition|lambda|class_definition|.*_comprehension|generator_expression)$/.test(
        type,
      ),
    )
    .filter((outer) => !(outer.start <= fn.start && fn.end <= outer.end));
  return names.every((name) => {
    const kept = own.includes(name) ? !isBound(tree, fn, name) : !isChanged(tree, fn, name);
    if (!kept) return false;
    const owner = between.findLast(
      (each) => parametersOf(tree, each).includes(name) || isBound(tree, each, name),
    );
    if (owner === undefined) return !own.includes(name) || path.includes(fn);
    return own.includes(name) && name === event && parametersOf(tree, owner).includes(name);
  });
}

/** See `Source.keeps`. */
export function keeps(tree: Tree, name: string, fnAt: Range): boolean {
  const fn = functionAt(tree, fnAt);
  return fn !== undefined && parametersOf(tree, fn).includes(name) && !isBound(tree, fn, name);
}

/** Whether a function's body gives the name a value of its own. */
export function isBound(tree: Tree, fn: Syntax, name: string): boolean {
  const body = fn.type === "function_definition" ? childAt(fn, "body") : fn;
  return body !== undefined && some(body, (node) => boundBy(tree, node, false).includes(name));
}

/** The same, or it changes what the name stands for. */
function isChanged(tree: Tree, fn: Syntax, name: string): boolean {
  const body = childAt(fn, "body");
  return body !== undefined && some(body, (node) => boundBy(tree, node, true).includes(name));
}

const strange =
  /^(lambda|await|yield|.*_comprehension|generator_expression|named_expression|function_definition|class_definition)$/;

/** The names on which a plain expression hangs; undefined of one that is not plain. */
function namesIn(tree: Tree, expression: Syntax): readonly string[] | undefined {
  const names: string[] = [];
  let plain = true;
  some(expression, (node) => {
    if (strange.test(node.type)) plain = false;
    if (node.type === "identifier" && !isMemberName(tree, node)) names.push(codeOf(tree, node));
    return false;
  });
  return plain ? names : undefined;
}

export function parametersOf(tree: Tree, fn: Syntax): readonly string[] {
  const parameters = childAt(fn, "parameters");
  return (parameters ? namedOf(parameters) : []).flatMap((node) => {
    const name =
      childAt(node, "name") ?? (node.type === "typed_parameter" ? namedOf(node)[0] : node);
    return name ? targetsOf(tree, name, false) : [];
  });
}

const mutators = /^(update|setdefault|pop|popitem|clear|append|extend|insert|remove|__setitem__)$/;

/** The names to which a node gives a value; with `changes` those too whose value it changes. */
function boundBy(tree: Tree, node: Syntax, changes: boolean): readonly string[] {
  switch (node.type) {
    case "assignment":
    case "augmented_assignment":
    case "for_statement":
    case "for_in_clause":
      return childrenAt(node, "left").flatMap((left) => targetsOf(tree, left, changes));
    case "named_expression":
    case "function_definition":
    case "class_definition":
      return childrenAt(node, "name").map((name) => codeOf(tree, name));
    case "as_pattern_target":
    case "delete_statement":
    case "case_pattern":
    case "list_splat_pattern":
      return namedOf(node).flatMap((each) => targetsOf(tree, each, changes));
    case "import_statement":
    case "import_from_statement":
      return importedNames(tree, node);
    case "call": {
      const callee = childAt(node, "function");
      const member = callee?.type === "attribute" ? childAt(callee, "attribute") : undefined;
      const mutates = changes && member !== undefined && mutators.test(codeOf(tree, member));
      return callee && mutates ? targetsOf(tree, callee, true) : [];
    }
    default:
      return [];
  }
}

/** The names in a target: each of a list of targets, and with `within` also `a` in `a.b` and `a["b"]`. */
function targetsOf(tree: Tree, target: Syntax, within: boolean): readonly string[] {
  if (target.type === "identifier") return [codeOf(tree, target)];
  if (target.type !== "attribute" && target.type !== "subscript")
    return namedOf(target).flatMap((each) => targetsOf(tree, each, within));
  const of = within ? childAt(target, target.type === "attribute" ? "object" : "value") : undefined;
  return of ? targetsOf(tree, of, within) : [];
}

function some(node: Syntax, holds: (node: Syntax) => boolean): boolean {
  const open = [node];
  for (let next = open.pop(); next; next = open.pop()) {
    if (holds(next)) return true;
    open.push(...next.children);
  }
  return false;
}
