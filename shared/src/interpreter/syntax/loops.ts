/** Loops: over what is known, element by element; over what is not, none or once. */
import { headerList, isHeaders } from "../core/header-names";
import type { Stmt } from "../../ir/facts";
import { branches } from "../core/branches";
import { truthOf, assumeOrFork } from "../core/constraints";
import { evaluate } from "./expressions";
import { elementsOf } from "../core/elements";
import { joinIfIrrelevant } from "../core/speculation";
import { explore } from "../core/exploration";
import { bind } from "./patterns";
import { innerScope, spanOf } from "../core/state";
import type { Evaluation } from "../core/state";
import { PathAbandoned } from "../core/signals";
import { done, joined, runInner } from "./statements";
import type { Completion } from "./statements";
import { known, unknown } from "../core/values";
import type { Scope, AbstractValue } from "../core/values";

const maxIterations = 200;
/** Passes of `while (true)` when it depends on something unknown whether a pass is the last one. */
const maxOpenPasses = 2;
/** Passes in which ways part: what leaves the loop later has left it sooner too. */
const maxPartedPasses = 8;

/** The part of the steps that are left, for one loop whose passes all go the same way: what stands behind it is seen too. */
const shareOfLoop = 1 / 16;

type For = Extract<Stmt, { k: "for" }>;

export function runFor(run: Evaluation, scope: Scope, stmt: For): Completion {
  const iterable = evaluate(run, scope, stmt.iterable);
  const { items, open } = isHeaders(iterable)
    ? headerList(run, "keys", spanOf(scope, stmt.iterable.at))
    : stmt.keys
      ? keysOf(iterable)
      : elementsOf(iterable);
  const returned: AbstractValue[] = [];
  const isSpent = shareOf(run);
  const pass = (item: AbstractValue): Completion =>
    item.t === "maybe"
      ? perhaps(run, scope, stmt, () => once(run, scope, stmt, item.of))
      : once(run, scope, stmt, item);
  const turns = items.slice(0, maxIterations);
  if (run.explorer) {
    // Each pass is as a statement, behind which ways meet again.
    const end = explore(run, run.explorer, {
      count: turns.length,
      at: spanOf(scope, stmt.at),
      isFunction: false,
      run: (i) => {
        if (i >= maxOpenPasses && isSpent()) return done;
        const completion = pass(turns[i] as AbstractValue);
        return completion.jump === "continue" ? done : completion;
      },
    });
    if (!end.falls) return end.jump === "break" ? done : end;
    turns.length = 0;
  }
  for (const [i, item] of turns.entries()) {
    if (i >= maxOpenPasses && isSpent()) break;
    const completion = pass(item);
    returned.push(...completion.returned);
    if (!completion.falls && completion.jump !== "continue") {
      return completion.jump === "break" ? { falls: true, returned } : { falls: false, returned };
    }
  }
  if (open === undefined) return { falls: true, returned };
  const more = perhaps(run, scope, stmt, () =>
    once(run, scope, stmt, unknown(open, spanOf(scope, stmt.iterable.at))),
  );
  return {
    falls: more.falls || more.jump !== undefined,
    returned: [...returned, ...more.returned],
  };
}

function keysOf(value: AbstractValue): ReturnType<typeof elementsOf> {
  if (value.t === "object") {
    return {
      items: [...value.props].map(([key, slot]) => known(key, slot.name)),
      open: value.open,
    };
  }
  if (value.t === "array")
    return { items: value.items.map((item, i) => known(String(i), item.at)), open: value.open };
  return elementsOf(value);
}

function once(run: Evaluation, scope: Scope, stmt: For, value: AbstractValue): Completion {
  const inner = innerScope(scope);
  bind(run, inner, stmt.target, value, spanOf(scope, stmt.at));
  return runInner(run, inner, stmt.body);
}

/** Runs a body that may not run at all. */
function perhaps(run: Evaluation, scope: Scope, stmt: Stmt, body: () => Completion): Completion {
  const at = spanOf(scope, stmt.at);
  if (run.explorer) {
    const maybe = unknown("a loop over what cannot be seen", at);
    const dull = (end: Completion): boolean => end.returned.length === 0;
    if (joinIfIrrelevant(run, maybe, [body, () => done], at, dull)) return done;
    return run.explorer.fork(2) === 0 ? body() : done;
  }
  return joined(
    branches(
      run,
      [body, () => done],
      at,
      (completion) => completion.falls || completion.jump !== undefined,
    ),
  );
}

/** Whether a loop that begins now has had its share. One that has chosen goes on: each path has to come by the same choices. */
function shareOf(run: Evaluation): () => boolean {
  const chosen = run.explorer?.forksTaken;
  const last = run.steps + (run.maxSteps - run.steps) * shareOfLoop;
  return () => run.explorer !== undefined && run.explorer.forksTaken === chosen && run.steps > last;
}

export function runWhile(
  run: Evaluation,
  scope: Scope,
  stmt: Extract<Stmt, { k: "while" }>,
): Completion {
  const returned: AbstractValue[] = [];
  const isSpent = shareOf(run);
  let parted = 0;
  for (let i = 0; i < maxIterations && parted < maxPartedPasses; i++) {
    if (i >= maxOpenPasses && isSpent()) return { falls: true, returned };
    const test =
      stmt.atLeastOnce && i === 0
        ? known(true, spanOf(scope, stmt.at))
        : evaluate(run, scope, stmt.test);
    const side = truthOf(run, scope, test);
    if (side === false) return { falls: true, returned };
    const chosen = run.explorer?.forksTaken;
    const pass = (): Completion => runInner(run, scope, stmt.body);
    const runs = side ?? (run.explorer ? assumeOrFork(run, scope, test) : undefined);
    if (runs === false) return { falls: true, returned };
    const completion = runs === true ? pass() : perhaps(run, scope, stmt, pass);
    returned.push(...completion.returned);
    if (!completion.falls && completion.jump !== "continue") {
      return completion.jump === "break" ? { falls: true, returned } : { falls: false, returned };
    }
    if (side === undefined) return { falls: true, returned };
    if (run.explorer && run.explorer.forksTaken !== chosen) parted++;
    if (stmt.test.k !== "lit" || i + 1 < maxOpenPasses) continue;
    if (run.explorer && run.explorer.forksTaken !== chosen) throw new PathAbandoned();
    if (completion.leaves || returned.length > 0) return { falls: true, returned };
  }
  return { falls: true, returned };
}
