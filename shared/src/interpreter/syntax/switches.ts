/** `switch` and `match`. */
import type { Stmt, SwitchCase } from "../../ir/facts";
import { branches } from "../core/branches";
import { combined, truthOf, assumeOrFork } from "../core/constraints";
import { evaluate } from "./expressions";
import { binary } from "./operators";
import { spanOf } from "../core/state";
import type { Resumption } from "../core/resumption";
import type { Evaluation } from "../core/state";
import { done, joined, runInner } from "./statements";
import type { Completion } from "./statements";
import { known } from "../core/values";
import type { Scope, AbstractValue } from "../core/values";

type Switch = Extract<Stmt, { k: "switch" }>;

/** @param isActive the path may be taken up within it */
export function runSwitch(
  run: Evaluation,
  scope: Scope,
  stmt: Switch,
  isActive: boolean,
): Completion {
  const path = isActive ? run.explorer?.resumption : undefined;
  const link = path?.resumedLink;
  if (link?.k === "case") return behind(runCase(run, scope, stmt.cases, link.index, path));
  const on = evaluate(run, scope, stmt.on);
  const candidates: number[] = [];
  let settled = false;
  for (const [index, branch] of stmt.cases.entries()) {
    if (branch.tests === null) continue;
    const test = matches(run, scope, stmt, on, branch.tests);
    const side =
      truthOf(run, scope, test) ?? (run.explorer ? assumeOrFork(run, scope, test) : undefined);
    if (side === false) continue;
    candidates.push(index);
    if (side === true) {
      settled = true;
      break;
    }
  }
  const bodies = candidates.map((index) => () => runCase(run, scope, stmt.cases, index, path));
  if (!settled) {
    const fallback = stmt.cases.findIndex((branch) => branch.tests === null);
    bodies.push(() => (fallback < 0 ? done : runCase(run, scope, stmt.cases, fallback, path)));
  }
  const [only] = bodies;
  const completion =
    bodies.length === 1 && only
      ? only()
      : joined(
          branches(run, bodies, spanOf(scope, stmt.at), (c) => c.falls || c.jump !== undefined),
        );
  return behind(completion);
}

/** How the statement ends when a case has ended so. */
function behind(completion: Completion): Completion {
  const { falls, jump, returned } = completion;
  return falls || jump === "break" ? { falls: true, returned } : completion;
}

function matches(
  run: Evaluation,
  scope: Scope,
  stmt: Switch,
  on: AbstractValue,
  tests: NonNullable<SwitchCase["tests"]>,
): AbstractValue {
  const at = spanOf(scope, stmt.at);
  let any: AbstractValue = known(false, at);
  for (const test of tests) {
    const equal = binary(run, scope, "==", on, evaluate(run, scope, test), spanOf(scope, test.at));
    const side = truthOf(run, scope, equal);
    if (side === true) return equal;
    if (side === undefined) any = any.t === "const" ? equal : combined("or", any, equal, at);
  }
  return any;
}

/** A case's body, and the next ones that it runs into. */
function runCase(
  run: Evaluation,
  scope: Scope,
  cases: readonly SwitchCase[],
  first: number,
  path: Resumption | undefined,
): Completion {
  const returned: AbstractValue[] = [];
  for (let index = first; index < cases.length; index++) {
    const branch = cases[index];
    if (!branch) break;
    if (returned.length === 0) path?.link({ k: "case", index }, branch.body);
    const completion = runInner(run, scope, branch.body);
    returned.push(...completion.returned);
    if (!completion.falls) return { ...completion, returned };
    if (!branch.falls) break;
  }
  return { falls: true, returned };
}
