import { ts } from "ts-morph";
import type { Expr, Stmt, SwitchCase } from "../../../../shared/src/ir/facts";
import { type Context, rangeOf } from "./context";
import { lowerExpression } from "./lower-expression";
import { lowerStatements } from "./lower-statement";

export function lowerSwitch(outer: Context, node: ts.SwitchStatement): Stmt {
  const context: Context = { ...outer, jumps: [...outer.jumps, { loop: false }] };
  const clauses = node.caseBlock.clauses;
  const cases: SwitchCase[] = [];
  let labels: Expr[] = [];
  clauses.forEach((clause, i) => {
    const next = clauses[i + 1];
    if (ts.isCaseClause(clause)) labels.push(lowerExpression(context, clause.expression));
    // `case 1: case 2: …` is one case with two tests.
    const shares = clause.statements.length === 0 && ts.isCaseClause(clause);
    if (shares && next && ts.isCaseClause(next)) return;
    const written = lowerClauseBody(context, clause);
    const falls = next !== undefined && !endsInJump(written);
    const body = written.at(-1)?.k === "break" ? written.slice(0, -1) : written;
    const tests = ts.isCaseClause(clause) ? labels : null;
    cases.push({ tests, body, ...(falls ? { falls: true } : {}) });
    labels = [];
  });
  return {
    k: "switch",
    on: lowerExpression(outer, node.expression),
    cases,
    at: rangeOf(outer, node),
  };
}

/** The statements of a clause; `case x: { … }` without its block. */
function lowerClauseBody(context: Context, clause: ts.CaseOrDefaultClause): Stmt[] {
  const body = lowerStatements(context, clause.statements);
  const [first, second] = body;
  const wrapped = first?.k === "block" && (second === undefined || (body.length === 2 && second.k === "break")); // prettier-ignore
  if (!wrapped) return body;
  return endsInJump(first.body) ? [...first.body] : [...first.body, ...body.slice(1)];
}

/** Whether control never reaches the end of the statements. */
function endsInJump(body: readonly Stmt[]): boolean {
  const last = body.at(-1);
  switch (last?.k) {
    case "return":
    case "throw":
    case "break":
    case "continue":
      return true;
    case "block":
      return endsInJump(last.body);
    case "if":
      return endsInJump(last.then) && endsInJump(last.else);
    case "try":
      if (endsInJump(last.finally)) return true;
      return endsInJump(last.body) && last.handlers.every((handler) => endsInJump(handler.body));
    default:
      return false;
  }
}
