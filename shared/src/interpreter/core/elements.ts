/** What a loop goes over. */
import { oneOf } from "./values";
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
            ? {
                t: "array",
                items: [{ t: "const", value: key, at: slot.name }, slot.value],
                at: slot.entry,
              }
            : { t: "const", value: key, at: slot.name },
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
