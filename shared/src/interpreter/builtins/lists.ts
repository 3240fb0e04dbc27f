/** What makes lists of other values, and puts them in order. */
import { callValue } from "../syntax/calls";
import { spreadInto } from "../syntax/literals";
import { scopeOf, textOf, type Native } from "./natives";
import { known } from "../core/values";
import type { AbstractValue, CallArgs } from "../core/values";

export const listed: Native = (run, args, callee) => {
  const isSet = /Set|set/.test(callee.path);
  const result: AbstractValue = {
    t: "array",
    items: [],
    at: args.at,
    ...(isSet ? { set: true } : {}),
  };
  const [source, map] = args.positional;
  if (source) spreadInto(run, result, source);
  if (isSet) result.items = withoutRepeats(result.items);
  if (source?.t === "object" && source.props.has("length")) {
    result.items = [];
    result.open = "a list of a given length";
  }
  if (map && !isSet) {
    result.items = result.items.map((item, i) =>
      callValue(run, scopeOf(args, callee), map, {
        ...args,
        positional: [item, known(i, args.at)],
        construct: false,
      }),
    );
  }
  return result;
};

/** What is known stands once in a set. */
function withoutRepeats(items: readonly AbstractValue[]): AbstractValue[] {
  const met = new Set<unknown>();
  return items.filter((item) => {
    if (item.t !== "const") return true;
    const isNew = !met.has(item.value);
    met.add(item.value);
    return isNew;
  });
}

/** In order where all elements are texts and nothing else decides the order. */
export function sortedList(
  list: AbstractValue | undefined,
  { named }: CallArgs,
): AbstractValue | undefined {
  if (list?.t !== "array" || named.size > 0) return list;
  const texts = list.items.map(textOf);
  if (!texts.every((text) => text !== undefined)) return list;
  const items = [...list.items].sort((a, b) => ((textOf(a) ?? "") < (textOf(b) ?? "") ? -1 : 1));
  return { ...list, items };
}

/** A list from its end to its beginning. */
export function turned(list: AbstractValue | undefined): AbstractValue | undefined {
  return list?.t === "array" ? { ...list, items: [...list.items].reverse() } : list;
}
