/** Loops: over what is known, element by element; over what is not, none or once. */
import { headerList, isHeaders } from "../core/header-names";
import type { Stmt } from "../../ir/facts";
import { branches } from "../core/branches";
import { truthOf, assumeOrFork } from "../core/constraints";
import { evaluate, evaluateTest } from "./expressions";
import { elementsOf } from "../core/elements";
import { commit, transact } from "../core/heap";
import { widened } from "../core/merging";
import { fork, sequence } from "../core/paths";
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

type For = Extract<Stmt, { k: "for" }>;

export function runFor(run: Evaluation, scope: Scope, stmt: For): Completion {
  const iterable = evaluate(run, scope, stmt.iterable);
  const { items, open } = isHeaders(iterable)
    ? headerList(run, "keys", spanOf(scope, stmt.iterable.at))
    : stmt.keys
      ? keysOf(iterable)
      : elementsOf(iterable);
  if (run.explorer) return passes(run, scope, stmt, items, open);
  const returned: AbstractValue[] = [];
  for (const item of items.slice(0, maxIterations)) {
    const value = item.t === "maybe" ? item.of : item;
    const pass = (): Completion => once(run, scope, stmt, value);
    const completion = item.t === "maybe" ? perhaps(run, scope, stmt, pass) : pass();
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

/** The passes of a loop as steps that follow each other on every path. */
function passes(
  run: Evaluation,
  scope: Scope,
  stmt: For,
  items: readonly AbstractValue[],
  open: string | undefined,
): Completion {
  const more: AbstractValue[] =
    open === undefined
      ? []
      : [
          {
            t: "maybe",
            of: unknown(open, spanOf(scope, stmt.iterable.at)),
            at: spanOf(scope, stmt.at),
          },
        ];
  const all = [...items.slice(0, maxIterations), ...more];
  const completion = sequence(run, {
    next: (index) => {
      const item = all[index];
      return item && { run: () => onePass(run, scope, stmt, item) };
    },
    end: done,
  });
  return completion.jump === "break" ? done : completion;
}

/** A pass that goes on to the next one, or leaves the loop. */
function onePass(run: Evaluation, scope: Scope, stmt: For, item: AbstractValue): Completion {
  if (item.t === "maybe" && fork(run, 2, spanOf(scope, stmt.at)) === 1) return done;
  const completion = once(run, scope, stmt, item.t === "maybe" ? item.of : item);
  return completion.jump === "continue" ? done : completion;
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
  const inner = innerScope(run, scope);
  bind(run, inner, stmt.target, value, spanOf(scope, stmt.at));
  return runInner(run, inner, stmt.body);
}

/** Runs a body that may not run at all. */
function perhaps(run: Evaluation, scope: Scope, stmt: Stmt, body: () => Completion): Completion {
  const at = spanOf(scope, stmt.at);
  return joined(
    branches(
      run,
      [body, () => done],
      at,
      (completion) => completion.falls || completion.jump !== undefined,
    ),
  );
}

export function runWhile(
  run: Evaluation,
  scope: Scope,
  stmt: Extract<Stmt, { k: "while" }>,
): Completion {
  if (run.explorer) return turns(run, scope, stmt);
  const returned: AbstractValue[] = [];
  for (let i = 0; i < maxIterations; i++) {
    const test =
      stmt.atLeastOnce && i === 0
        ? known(true, spanOf(scope, stmt.at))
        : evaluate(run, scope, stmt.test);
    const side = truthOf(run, scope, test);
    if (side === false) return { falls: true, returned };
    const pass = (): Completion => runInner(run, scope, stmt.body);
    const completion = side === true ? pass() : perhaps(run, scope, stmt, pass);
    returned.push(...completion.returned);
    if (!completion.falls && completion.jump !== "continue") {
      return completion.jump === "break" ? { falls: true, returned } : { falls: false, returned };
    }
    if (side === undefined) return { falls: true, returned };
    if (run.speculation && i >= maxOpenPasses && (completion.leaves ?? completion.jumps ?? false)) {
      // Of a loop that paths leave, what one more pass changes may be anything behind it.
      const writes = transact(run.heap, pass).writes;
      commit(run.heap, widened(new Map(), writes));
      return { falls: true, returned };
    }
    if (stmt.test.k !== "lit" || i + 1 < maxOpenPasses) continue;
    if (completion.leaves || returned.length > 0) return { falls: true, returned };
  }
  return { falls: true, returned };
}

type While = Extract<Stmt, { k: "while" }>;

const leaves: Completion = { falls: false, returned: [], jump: "break" };

/** As `passes`, of a loop with a condition. */
function turns(run: Evaluation, scope: Scope, stmt: While): Completion {
  const completion = sequence(run, {
    next: (index) =>
      index < maxIterations ? { run: () => oneTurn(run, scope, stmt, index) } : undefined,
    end: done,
    loops: true,
  });
  return completion.jump === "break" ? done : completion;
}

function oneTurn(run: Evaluation, scope: Scope, stmt: While, index: number): Completion {
  const certain = stmt.atLeastOnce && index === 0;
  const test = certain ? known(true, spanOf(scope, stmt.at)) : evaluateTest(run, scope, stmt.test);
  const side = truthOf(run, scope, test);
  if (!(side ?? assumeOrFork(run, scope, test))) return leaves;
  const before = run.sampler?.forks;
  const completion = runInner(run, scope, stmt.body);
  if (!completion.falls && completion.jump !== "continue") return completion;
  if (side === undefined) return leaves;
  // Of a loop without a condition, other paths leave.
  const isOpen = stmt.test.k === "lit" && index + 1 >= maxOpenPasses;
  const isForked = run.sampler ? run.sampler.forks !== before : run.explorer?.isForked;
  if (isOpen && isForked) throw new PathAbandoned();
  return done;
}
