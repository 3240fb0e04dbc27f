/** `&&`, `||` and `??`: one side or the other. */
import type { Span } from "../../ir/span";
import { combined, truthOf, assumeOrFork } from "../core/constraints";
import { either } from "../core/branches";
import type { Evaluation } from "../core/state";
import { known, oneOf } from "../core/values";
import type { Scope, AbstractValue } from "../core/values";

/** `a || b`, `a && b`, `a ?? b`, with the right side run only where it may be needed. */
export function logical(
  run: Evaluation,
  scope: Scope,
  op: "and" | "or" | "nullish",
  left: AbstractValue,
  right: () => AbstractValue,
  at: Span,
): AbstractValue {
  if (op === "nullish") return nullish(run, scope, left, right, at);
  const side = truthOf(run, scope, left);
  if (side !== undefined) return side === (op === "and") ? right() : left;
  if (left.t === "unknown" && left.test !== undefined) {
    // A condition stays one value, so that its parts are learnt together.
    if (!run.explorer) return combined(op, left, right(), at);
    return assumeOrFork(run, scope, left) === (op === "and") ? right() : known(op === "or", at);
  }
  return op === "and"
    ? either(run, scope, left, right, () => falsy(left, at), at)
    : either(run, scope, left, () => truthy(left), right, at);
}

/** What `left` is when it turned out true. */
function truthy(left: AbstractValue): AbstractValue {
  if (left.t !== "oneOf") return left;
  const kept = left.of.filter((branch) => branch.t !== "const" || Boolean(branch.value));
  return kept.length > 0 ? oneOf(kept, left.at) : left;
}

function falsy(left: AbstractValue, at: Span): AbstractValue {
  if (left.t === "oneOf") {
    const kept = left.of.filter((branch) => branch.t === "const" && !branch.value);
    if (kept.length > 0) return oneOf(kept, at);
  }
  return known(undefined, at);
}

export function nullish(
  run: Evaluation,
  scope: Scope,
  left: AbstractValue,
  right: () => AbstractValue,
  at: Span,
): AbstractValue {
  const isNull = nullness(left);
  if (isNull !== undefined) return isNull ? right() : left;
  const kept =
    left.t === "oneOf"
      ? oneOf(
          left.of.filter((branch) => nullness(branch) !== true),
          left.at,
        )
      : left;
  return either(run, scope, left, () => kept, right, at);
}

export function nullness(value: AbstractValue): boolean | undefined {
  switch (value.t) {
    case "const":
      return value.value === null || value.value === undefined;
    case "oneOf": {
      const sides = new Set(value.of.map(nullness));
      return sides.size === 1 ? [...sides][0] : undefined;
    }
    case "request":
    case "unknown":
    case "maybe":
      return undefined;
    case "extern":
      return value.present ? false : undefined;
    default:
      return false;
  }
}
