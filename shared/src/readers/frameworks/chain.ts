/** How library values hang together: what an application object was given, in order. */
import type { Evaluation } from "../../interpreter/core/state";
import type { ExternValue, AbstractValue } from "../../interpreter/core/values";
import type { Span } from "../../ir/span";
import { methodCall } from "../library-value";

/** A method call on an application object, or on what an earlier call on it returned. */
export interface Use {
  readonly name: string;
  readonly args: readonly AbstractValue[];
  readonly value: ExternValue;
  readonly conditional: boolean;
}

/** The call at the beginning of `middy(fn).use(a).use(b)`. */
export function rootOf(value: ExternValue): ExternValue {
  let root = value;
  for (let next = receiverOf(root); next; next = receiverOf(root)) root = next;
  return root;
}

function receiverOf(value: ExternValue): ExternValue | undefined {
  const receiver = methodCall(value)?.on;
  return receiver?.made.by === "call" ? receiver : undefined;
}

/** What was called on the object, in the order of execution. */
export function usesOf(run: Evaluation, root: ExternValue): Use[] {
  return run.events.flatMap((event) => {
    if (event.k !== "call" || event.value === root || rootOf(event.value) !== root) return [];
    const { made } = event.value;
    const name = methodCall(event.value)?.name;
    if (made.by !== "call" || name === undefined) return [];
    return [
      { name, args: made.args.positional, value: event.value, conditional: event.conditional },
    ];
  });
}

/** The library calls that took part in making a value: as receiver, argument, or part of one. */
export function madeWith(value: AbstractValue): ExternValue[] {
  const found = new Set<ExternValue>();
  const visit = (val: AbstractValue | undefined, depth: number): void => {
    if (!val || depth > 8) return;
    if (val.t === "extern") {
      const links: ExternValue[] = [];
      // Chains of calls are as long as an application has routes.
      for (let at: ExternValue | undefined = val; at && !found.has(at); at = fromOf(at)) {
        if (at.made.by !== "call") continue;
        found.add(at);
        links.unshift(at);
      }
      for (const { made } of links) {
        if (made.by !== "call") continue;
        for (const arg of made.args.positional) visit(arg, depth + 1);
        for (const slot of made.args.named.values()) visit(slot.value, depth + 1);
      }
    } else if (val.t === "oneOf") for (const branch of val.of) visit(branch, depth + 1);
    else if (val.t === "object") {
      visit(val.base, depth + 1);
      if (!val.cls) for (const slot of val.props.values()) visit(slot.value, depth + 1);
    }
  };
  visit(value, 0);
  return [...found];
}

/** What a call is of, and a member is of. */
function fromOf({ made }: ExternValue): ExternValue | undefined {
  if (made.by === "member") return made.of;
  return made.by === "call" ? made.callee : undefined;
}

/** The library function or class that a call was of. */
export const calleeOf = (value: ExternValue): string =>
  value.made.by === "call" ? value.made.callee.path : "";

/** The whole call that made a value. */
export const callOf = (value: ExternValue): Span | undefined =>
  value.made.by === "call" ? value.made.args.at : undefined;

/** Library calls among values, lists unfolded. */
export function externsIn(values: readonly AbstractValue[]): ExternValue[] {
  return values.flatMap((value) => {
    if (value.t === "extern") return [value];
    if (value.t === "array") return externsIn(value.items);
    return value.t === "maybe" || value.t === "oneOf"
      ? externsIn(value.t === "maybe" ? [value.of] : value.of)
      : [];
  });
}
