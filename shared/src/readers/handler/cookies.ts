/** The cookies that an answer sets, from `set-cookie` headers and the `cookies` of payload 2.0. */
import type { AbstractValue, ObjectValue, Property } from "../../interpreter/core/values";
import type { CookieAttribute, SetCookie } from "../../model/cookie";
import { argument, callProps } from "../library-value";

/** Reads what is known of each `Set-Cookie` text of an answer. */
export function readCookies(response: ObjectValue): readonly SetCookie[] {
  const single = headerNamed(response.props.get("headers"));
  const several = headerNamed(
    response.props.get("multiValueHeaders") ?? response.props.get("multi_value_headers"),
  );
  const texts = [
    ...(single ? [single] : []),
    ...listed(several),
    ...listed(response.props.get("cookies")?.value),
  ];
  return texts.flatMap((value) => cookieOf(value) ?? []);
}

function headerNamed(headers: Property | undefined): AbstractValue | undefined {
  if (headers?.value.t !== "object") return undefined;
  for (const [name, slot] of headers.value.props)
    if (name.toLowerCase() === "set-cookie") return slot.value;
  return undefined;
}

function listed(value: AbstractValue | undefined): readonly AbstractValue[] {
  return value?.t === "array" ? value.items : [];
}

/** Stands in a text for a part that is not known. */
const HOLE = "\0";

function cookieOf(value: AbstractValue): SetCookie | undefined {
  if (value.t === "extern") return serialized(value);
  const text = textOf(value);
  return text === undefined ? undefined : parsed(text, value);
}

/** The text, with a mark for each part that is not known; `undefined` where no part is. */
function textOf(value: AbstractValue): string | undefined {
  if (value.t === "const") return typeof value.value === "string" ? value.value : undefined;
  if (value.t !== "unknown" || value.pieces === undefined) return undefined;
  return value.pieces.map((piece) => textOf(piece) ?? HOLE).join("");
}

/** `name=value; attribute; attribute=value` (RFC 6265, 4.1.1) */
function parsed(text: string, { at }: AbstractValue): SetCookie | undefined {
  const [pair = "", ...parts] = text.split(";");
  const [, name] = /^\s*([^=\s\0]+)=/.exec(pair) ?? [];
  if (name === undefined) return undefined;
  // A part that begins in what is not known may be an attribute, or several; so may what follows a value at its end.
  const complete =
    parts.every((part) => !/^\s*\0/.test(part)) && !/\0\s*$/.test(parts.at(-1) ?? pair);
  const attributes = parts.flatMap((part) => {
    const [key = "", ...rest] = part.split("=");
    const lower = key.trim().toLowerCase();
    return lower === "" || lower.includes(HOLE)
      ? []
      : [{ name: lower, value: seen(rest.join("=")) }];
  });
  return { at, name, attributes, complete, text: true };
}

function seen(value: string): string | undefined {
  const text = value.trim();
  return text.includes(HOLE) ? undefined : text;
}

/** `serialize(name, value, options)` of npm cookie */
function serialized(value: Extract<AbstractValue, { t: "extern" }>): SetCookie | undefined {
  if (
    value.made.by !== "call" ||
    !/^npm:cookie(\.default)?\.serialize$/.test(value.made.callee.path)
  )
    return undefined;
  const { slots } = callProps(value, 2);
  const given = argument(value, 0, "name");
  const attributes = [...slots].flatMap(([option, slot]): CookieAttribute[] => {
    const name = option.toLowerCase();
    if (slot.value.t !== "const") return [{ name, value: undefined }];
    if (slot.value.value === false || slot.value.value === undefined) return [];
    const text = slot.value.value === true && name === "samesite" ? "strict" : slot.value.value;
    return [{ name, value: text === true ? "" : String(text) }];
  });
  return {
    at: value.made.args.at,
    ...(given?.t === "const" && typeof given.value === "string" ? { name: given.value } : {}),
    attributes,
    // What was spread into the options is taken back with the path that did it.
    complete: false,
  };
}
