/** What a loop goes over. */
import type { Span } from "../../ir/span";
import { array, known, oneOf, unknown } from "./values";
import type { AbstractValue } from "./values";

/** The elements of a value as far as known, and why there may be more. */
export function elementsOf(value: AbstractValue): {
  items: readonly AbstractValue[];
  open: string | undefined;
} {
  switch (value.t) {
    case "array":
      return { items: value.items, open: value.open };
    case "const":
      if (typeof value.value === "string") {
        return {
          items: [...value.value.slice(0, 128)]
            .slice(0, 64)
            .map((c) => ({ t: "const", value: c, at: value.at })),
          open: undefined,
        };
      }
      return { items: [], open: undefined };
    case "object":
      // A dict yields its keys, a `Map` its pairs.
      return {
        items: [...value.props].map(([key, slot]) =>
          value.map
            ? array([known(key, slot.name), slot.value], slot.entry)
            : known(key, slot.name),
        ),
        open: value.open,
      };
    case "oneOf":
      return eitherElements(value.of, value);
    case "unknown":
      return { items: [], open: value.because };
    default:
      return { items: [], open: "a list that cannot be seen" };
  }
}

/** The elements of one of several lists: those that all have, then the others as elements that may be missing. */
function eitherElements(
  branches: readonly AbstractValue[],
  whole: AbstractValue,
): { items: readonly AbstractValue[]; open: string | undefined } {
  const lists = branches.map(elementsOf);
  const open = lists.map((list) => list.open).find((because) => because !== undefined);
  const length = Math.max(...lists.map((list) => list.items.length));
  if (lists.every((list) => list.items.length === length)) {
    const items = Array.from({ length }, (_, i) =>
      oneOf(
        lists.flatMap((list) => list.items[i] ?? []),
        whole.at,
      ),
    );
    return { items, open };
  }
  const items = lists.flatMap((list) =>
    list.items.map((item): AbstractValue =>
      item.t === "maybe" ? item : { t: "maybe", of: item, at: item.at },
    ),
  );
  return { items, open };
}

/** Whether a list or text has no element, where that is certain. */
export function isEmpty(value: AbstractValue): boolean | undefined {
  if (value.t === "const") return typeof value.value === "string" ? value.value === "" : undefined;
  if (value.t === "oneOf") {
    const sides = new Set(value.of.map(isEmpty));
    return sides.size === 1 ? [...sides][0] : undefined;
  }
  if (value.t !== "array") return undefined;
  if (value.items.some((item) => item.t !== "maybe")) return false;
  return value.open === undefined && value.items.length === 0 ? true : undefined;
}

/** How many elements a list has: a number, one of several, or one that is not known but for being none. */
export function lengthOf(value: AbstractValue, at: Span): AbstractValue {
  if (value.t === "oneOf")
    return oneOf(
      value.of.map((branch) => lengthOf(branch, at)),
      at,
    );
  if (value.t === "const" && typeof value.value === "string") return known(value.value.length, at);
  const because = "a list of unknown length";
  const { items, open } = elementsOf(value);
  const least = items.filter((item) => item.t !== "maybe").length;
  if (open === undefined && items.length - least <= 8) {
    const lengths = Array.from({ length: items.length - least + 1 }, (_, i) =>
      known(least + i, at),
    );
    return oneOf(lengths, at);
  }
  return unknown(because, at, isEmpty(value) === false ? { truthy: true } : {});
}
