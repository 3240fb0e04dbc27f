/** Where an answer sends whoever asked. */
import type { AbstractValue, ObjectValue } from "../../interpreter/core/values";
import type { ResponsePath } from "../../model/model";

/** The text of the header `location`, as far as its beginning is known. */
export function readLocation(response: ObjectValue): Pick<ResponsePath, "location"> {
  const headers = response.props.get("headers")?.value;
  if (headers?.t !== "object") return {};
  for (const [name, slot] of headers.props) {
    if (name.toLowerCase() !== "location" || slot.maybe) continue;
    const { text, complete } = beginningOf(slot.value);
    return { location: { at: slot.entry, text, complete } };
  }
  return {};
}

interface Beginning {
  readonly text: string;
  readonly complete: boolean;
}

function beginningOf(value: AbstractValue): Beginning {
  if (value.t === "const")
    return { text: typeof value.value === "string" ? value.value : "", complete: true };
  let text = "";
  for (const piece of (value.t === "unknown" && value.pieces) || []) {
    const one = beginningOf(piece);
    text += one.text;
    if (!one.complete) return { text, complete: false };
  }
  return { text, complete: false };
}
