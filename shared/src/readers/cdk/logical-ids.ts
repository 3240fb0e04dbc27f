/** Names that code gives to resources of the template itself: `fn.node.defaultChild.overrideLogicalId("Orders")`. */
import type { ExternValue } from "../../interpreter/core/values";
import { argument, classOf, methodCall } from "../library-value";
import { textOf } from "./handler-file";
import type { Reader } from "./reader";
import { functionIn } from "./traces";

/**
 * The function whose resource has this logical id, as documents name it that a transform includes: `${Orders.Arn}`. A
 * name that several functions have is nobody's.
 */
export function functionNamed(reader: Reader, id: string): ExternValue | undefined {
  const found = new Set(
    reader.calls.all.flatMap((call) => {
      if (methodCall(call)?.name !== "overrideLogicalId") return [];
      const on = methodCall(call)?.on;
      return on && textOf(argument(call, 0, "newLogicalId")) === id ? [ownerOf(on)] : [];
    }),
  );
  const [fn, ...others] = found;
  return others.length === 0 ? fn : undefined;
}

/** The function behind `node.defaultChild`; a value that is a construct itself is its own owner. */
function ownerOf(child: ExternValue): ExternValue | undefined {
  if (/Function$/.test(classOf(child) ?? "")) return child;
  return functionIn(child);
}
