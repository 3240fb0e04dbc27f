import type { Related } from "../../finding";
import type { Field } from "../../model/model";
import { within, type Span } from "../../ir/span";

/** Where to underline a part of an option: the part itself, or the option's name when the part is written elsewhere. */
export function placeIn<T>(field: Field<T>, part: Span): Span {
  return within(part, field.entry) ? part : field.name;
}

/** The part as a related place, when it is written elsewhere. */
export function elsewhere<T>(field: Field<T>, part: Span, message: string): readonly Related[] {
  return within(part, field.entry) ? [] : [{ at: part, message }];
}
