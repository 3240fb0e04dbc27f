import type { Fix, Problem } from "../finding";
import type { Edit, NewHeader } from "../model/edit";
import { uniqueBy } from "../base/group";
import type { CorsModel, Handler, HeaderField, ResponsePath } from "../model/model";
import { ALLOW_ORIGIN, headersNamed } from "../model/query/responses";
import { sameSpan, within } from "../ir/span";
import { constantOf } from "../model/value";
import { placeOf } from "./lib/header-fix";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** CORS headers that end up in the body: written into it, or lost because payload 2.0 takes the whole object for it. */
export const rule: Rule = {
  id: "cors-headers-in-body",
  summary: "CORS headers end up in the response's body, where no browser looks for them.",
  severity: "error",
  browserSays: "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  failsAt: "response-allow-origin-present",
  *check(model): Iterable<Problem> {
    for (const handler of model.handlers.filter(({ notHttp }) => notHttp === undefined)) {
      for (const response of handler.responses) {
        for (const { name, at } of response.corsInBody?.fields ?? []) {
          if (!/^access-control-allow-/i.test(name) || sends(response, name)) continue;
          yield {
            at,
            message: twoLineMessage(
              "The browser looks for this among the headers, but it is in the body.",
              "Only headers tell the browser who may read a response. Move it into the response's headers.",
            ),
            fixes: move(response, model),
          };
        }
        const [lost] = headersNamed(response, ALLOW_ORIGIN);
        if (!response.statusMissing || lost === undefined || !takesAllAsBody(handler)) continue;
        yield {
          at: lost.at,
          message: twoLineMessage(
            "The browser gets this as text in the body, not as a header.",
            "With payload format 2.0, all of an answer that has no statusCode becomes the body. Add statusCode.",
          ),
          fixes: giveStatus(response),
        };
      }
    }
  },
};

const sends = (response: ResponsePath, name: string): boolean =>
  headersNamed(response, name.toLowerCase()).length > 0;

function takesAllAsBody({ bindings: fronts }: Handler): boolean {
  return fronts.length > 0 && fronts.every((front) => front.payload === "2.0");
}

function giveStatus({ responseBlock }: ResponsePath): readonly Fix[] {
  if (responseBlock === undefined) return [];
  const edit: Edit = { kind: "setStatus", status: 200, responseBlock };
  return [{ title: "Add statusCode", safety: "safe", edits: [edit] }];
}

/**
 * Into the headers of every response that is made with this body; out of the body where that is written in the response
 * itself, and so read by nobody else.
 */
function move({ corsInBody, expression }: ResponsePath, model: CorsModel): readonly Fix[] {
  if (corsInBody === undefined) return [];
  const { entries, fields } = corsInBody;
  const shares = (other: ResponsePath): boolean =>
    other.corsInBody?.entries.some((a) => entries.some((b) => sameSpan(a, b))) ?? false;
  const added = model.handlers
    .flatMap(({ responses }) => responses)
    .filter(shares)
    .map(intoHeaders);
  if (!added.every((edit) => edit !== undefined)) return [];
  const removed = entries.every((entry) => within(entry, expression))
    ? entries.map((entry): Edit => ({ kind: "removeEntry", entry }))
    : [];
  return [
    {
      title: "Move into the response's headers",
      safety: fields.filter(isCors).some(isOpen) ? "review" : "safe",
      edits: [...uniqueBy(added), ...removed],
    },
  ];
}

const isCors = ({ name }: HeaderField): boolean => /^access-control-/i.test(name);

/** Lets more pages read than the code names, once it counts. */
function isOpen({ value }: HeaderField): boolean {
  const text = constantOf(value);
  return text === undefined || text === "*";
}

function intoHeaders(response: ResponsePath): Edit | undefined {
  const { corsInBody, headers, headersComplete } = response;
  const place = placeOf(response);
  if (corsInBody === undefined || place === undefined) return undefined;
  const { expression, reusable } = corsInBody;
  const whole = headers.length === 0 && headersComplete && !("headersBlock" in place);
  if (expression && whole && (reusable || within(expression, response.expression))) {
    return { kind: "spreadHeaders", expression, ...place };
  }
  const missing = corsInBody.fields.filter(({ name }) => !sends(response, name));
  // What else the code puts beside them at another place stays where it is.
  const written = missing
    .map((field) => ({ field, header: rewritten(field, response) }))
    .filter(({ field, header }) => header !== undefined || isCors(field))
    .map(({ header }) => header);
  return written.every((header) => header !== undefined)
    ? { kind: "addHeaders", headers: written, ...place }
    : undefined;
}

/** The same value elsewhere in the response; what is made in another place may hang on names that only that place has. */
function rewritten(
  { name, value, written }: HeaderField,
  { expression }: ResponsePath,
): NewHeader | undefined {
  const text = constantOf(value);
  if (text !== undefined) return { name, value: { kind: "text", text: String(text) } };
  return written && within(written, expression)
    ? { name, value: { kind: "code", at: written } }
    : undefined;
}
