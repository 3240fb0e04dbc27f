import type { Span } from "../../ir/span";
import { taintOf } from "../core/constraints";
import { mentioned } from "../modules/externs";
import { longestText, madeText, tooLong } from "../core/size";
import type { Evaluation } from "../core/state";
import { oneOf, unknown, type AbstractValue } from "../core/values";

/** Text put together; partly unknown text is unknown. */
export function template(
  run: Evaluation,
  parts: readonly AbstractValue[],
  at: Span,
): AbstractValue {
  if (parts.length === 1 && parts[0]?.t === "request") return parts[0];
  let texts: string[] | undefined = [""];
  for (const part of parts) {
    const branches = part.t === "oneOf" ? part.of : [part];
    if (!branches.every((branch) => branch.t === "const")) texts = undefined;
    if (!texts || texts.length * branches.length > 16) return unseenText(parts, at);
    const before: string[] = texts;
    texts = branches.flatMap((branch) =>
      before.map((text) => text + String(branch.t === "const" ? (branch.value ?? "") : "")),
    );
    if (texts.some(({ length }) => length > longestText)) return unknown(tooLong, at);
  }
  return oneOf(
    texts.map((text) => madeText(run, text.length, () => text, at)),
    at,
  );
}

/** Pieces of pieces: more of them than this say nothing that a reader looks for. */
const mostPieces = 64;

function unseenText(parts: readonly AbstractValue[], at: Span): AbstractValue {
  const weight = weightOf(parts, 1);
  return unknown("text put together at run time", at, {
    ...taintOf(...parts),
    ...mentioned(parts),
    text: true,
    ...(weight <= mostPieces ? { pieces: parts, weight } : { weight }),
  });
}

/**
 * How much whoever looks through the parts will meet, no more than is needed to know that it is too much: a text in a list in a
 * text weighs as much as if it stood there itself, and `v = [v, v]` said often enough is larger than any machine.
 */
function weightOf(parts: Iterable<AbstractValue>, before: number): number {
  let weight = before;
  for (const part of parts) {
    weight += part.t === "unknown" ? (part.weight ?? 1) : 1;
    if (weight <= mostPieces) weight = weightOf(innerOf(part), weight);
    if (weight > mostPieces) break;
  }
  return weight;
}

function* innerOf(part: AbstractValue): Iterable<AbstractValue> {
  if (part.t === "oneOf") yield* part.of;
  else if (part.t === "maybe") yield part.of;
  else if (part.t === "array") yield* part.items;
  else if (part.t === "object") for (const { value } of part.props.values()) yield value;
}

/** Whether a value is a text for certain, also where nobody knows which. */
export function isText(value: AbstractValue): boolean {
  if (value.t === "oneOf") return value.of.every(isText);
  if (value.t === "unknown") return value.text === true || value.pieces !== undefined;
  return value.t === "const" && typeof value.value === "string";
}
