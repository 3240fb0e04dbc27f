/** Assignments, and tests of a text. */
import type { TestSubject } from "../../../../../shared/src/ir/text-test";
import type { Range } from "../../../../../shared/src/ir/span";
import type { TextTest } from "../../write-common/source";
import { childAt, hasToken, namedOf, rangeOf, type Syntax } from "../syntax";
import { codeOf, nodeAt, unwrapped, type Tree } from "./syntax";

/** See `Source.assigned`. */
export function assignedAt(tree: Tree, at: Range): Range | undefined {
  const node = unwrapped(nodeAt(tree, at));
  const right = node?.type === "assignment" ? childAt(node, "right") : undefined;
  return right && rangeOf(right);
}

/** See `Source.textTest`. */
export function textTestAt(tree: Tree, at: Range, part: TestSubject): TextTest | undefined {
  const node = unwrapped(nodeAt(tree, at));
  if (!node) return undefined;
  const found =
    part === "right" || part === "left" ? operandsOf(node, part) : callOf(tree, node, part);
  if (!found?.subject || /splat|keyword/.test(found.subject.type)) return undefined;
  return {
    subject: rangeOf(found.subject),
    ...(found.other ? { other: rangeOf(found.other) } : {}),
    optional: false,
    condition: isCondition(tree, node),
    negated: node.children.some((child) => child.type === "not in"),
    bound:
      !/^(boolean_operator|not_operator|conditional_expression|parenthesized_expression|assignment|argument_list|keyword_argument|pair|if_statement|elif_clause|while_statement|if_clause|generator_expression|list_comprehension|return_statement|lambda|block|module|expression_statement)$/.test(
        tree.parents.get(node)?.type ?? "",
      ),
  };
}

/** See `Source.alternative`. */
export function alternativeAt(tree: Tree, at: Range): { whole: Range; other: Range } | undefined {
  const node = nodeAt(tree, at);
  const parent = node && tree.parents.get(node);
  if (parent?.type !== "boolean_operator" || !hasToken(parent, "or")) return undefined;
  const other = namedOf(parent).find((operand) => operand !== node);
  return other && { whole: rangeOf(parent), other: rangeOf(other) };
}

interface Parts {
  readonly subject: Syntax | undefined;
  readonly other?: Syntax | undefined;
}

/** `a in b`, not a chain of comparisons. */
function operandsOf(node: Syntax, part: "left" | "right"): Parts | undefined {
  const operands = namedOf(node);
  if (node.type !== "comparison_operator" || operands.length !== 2) return undefined;
  const [left, right] = operands;
  return part === "left" ? { subject: left, other: right } : { subject: right, other: left };
}

function callOf(tree: Tree, node: Syntax, part: "receiver" | number): Parts | undefined {
  const callee = childAt(node, "function");
  const list = childAt(node, "arguments");
  if (node.type !== "call" || callee?.type !== "attribute" || !list) return undefined;
  const name = childAt(callee, "attribute");
  const boolean = name !== undefined && /^(starts|ends)with$/.test(codeOf(tree, name));
  if (!boolean && !isCondition(tree, node)) return undefined;
  const receiver = childAt(callee, "object");
  const given = namedOf(list);
  return part === "receiver"
    ? { subject: receiver, other: given[0] }
    : { subject: given[part], other: part === 0 ? receiver : given[0] };
}

/** Only whether it is true counts here. */
function isCondition(tree: Tree, node: Syntax): boolean {
  const parent = tree.parents.get(node);
  switch (parent?.type) {
    case "parenthesized_expression":
    case "boolean_operator":
      return isCondition(tree, parent);
    case "not_operator":
    case "if_clause":
      return true;
    case "if_statement":
    case "elif_clause":
    case "while_statement":
      return node.field === "condition";
    case "conditional_expression":
      return namedOf(parent)[1] === node;
    case "argument_list": {
      const call = tree.parents.get(parent);
      const callee = call && childAt(call, "function");
      return callee !== undefined && /^(bool|any|all)$/.test(codeOf(tree, callee));
    }
    case "generator_expression":
    case "list_comprehension": {
      // `any(re.match(p, origin) for p in patterns)`: the generator is the argument list.
      const call = tree.parents.get(parent);
      const callee = call && childAt(call, "function");
      return (
        node.field === "body" && callee !== undefined && /^(any|all)$/.test(codeOf(tree, callee))
      );
    }
    default:
      return false;
  }
}
