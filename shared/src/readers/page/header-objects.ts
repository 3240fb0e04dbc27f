/** `Headers` objects and single headers that pages make. */
import type { CallArgs, ExternValue, AbstractValue } from "../../interpreter/core/values";
import { mapObject } from "../../interpreter/builtins/natives";
import type { Evaluation } from "../../interpreter/core/state";
import { known as constant, object } from "../../interpreter/core/values";
import type { HeaderField } from "../../model/model";
import { readHeaders } from "../handler/headers";

/** `new Headers(…)`, which behaves as a map. */
export function headersObject(run: Evaluation, args: CallArgs, callee: ExternValue): AbstractValue {
  const [given] = args.positional;
  if (given?.t === "object")
    return {
      t: "object",
      props: new Map([...given.props].map(([name, slot]) => [name.toLowerCase(), slot])),
      map: "headers",
      at: args.at,
      ...(given.open === undefined ? {} : { open: given.open }),
    };
  const made = mapObject(run, args, callee);
  return made?.t === "object"
    ? { ...made, map: "headers" }
    : { ...object(args.at), map: "headers" };
}

/** The field that a header set by name and value makes; none where the name is not known. */
export function headerOf(
  name: AbstractValue,
  value: AbstractValue | undefined,
  maybe: boolean,
): readonly HeaderField[] {
  if (name.t !== "const") return [];
  const holder = object(name.at);
  const headers = object(name.at);
  headers.props.set(String(name.value), {
    value: value ?? constant("", name.at),
    name: name.at,
    entry: name.at,
    ...(maybe ? { maybe: true } : {}),
  });
  holder.props.set("headers", { value: headers, name: name.at, entry: name.at });
  return readHeaders(holder, new Map()).fields.map(({ entry, ...field }) => (void entry, field));
}
