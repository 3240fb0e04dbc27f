import assert from "node:assert/strict";
import { loadPython } from "../../../server/src/frontends/python/read";
import type { Expr, FileFacts } from "../../../shared/src/ir/facts";
import { printFacts } from "../print-facts";

const loading = loadPython();

/** The facts of a Python text. */
export async function factsOf(text: string): Promise<FileFacts> {
  return (await loading)("/app/stack.py", text);
}

/** Python on the left, its facts in print on the right; both without the indentation of the literal. */
export async function lowersTo(python: string, printed: string): Promise<void> {
  const facts = await factsOf(dedent(python));
  assert.equal(facts.broken, undefined, "the sample is valid Python");
  assert.equal(printFacts(facts), dedent(printed).trimEnd());
}

/** The literal's lines without their common indentation and the empty first one. */
export function dedent(literal: string): string {
  const lines = literal.replace(/^\n/, "").split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const common = Math.min(...indents);
  return lines.map((line) => line.slice(common)).join("\n");
}

/** The expression of the first statement. */
export async function expressionOf(text: string): Promise<Expr> {
  const [first] = (await factsOf(text)).body;
  assert.equal(first?.k, "expr");
  return first.expr;
}
