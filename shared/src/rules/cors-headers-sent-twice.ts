import type { Edit } from "../model/edit";
import type { Fix, Problem } from "../finding";
import type { CorsModel, CorsPolicy, Handler, ResponsePath } from "../model/model";
import { apiOf } from "../model/query/platform";
import { ALLOW_ORIGIN, headersNamed } from "../model/query/responses";
import { headersFrom } from "../model/query/responsibility";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** A Function URL's `cors` and the function both send the headers; Lambda keeps both on answers other than preflights. */
export const rule: Rule = {
  id: "cors-headers-sent-twice",
  summary:
    "A Function URL with `cors` and its handler both send Access-Control-Allow-Origin: browsers see two values.",
  severity: "error",
  browserSays:
    "The 'Access-Control-Allow-Origin' header contains multiple values '*, *', but only one is allowed. Have the server send the header with a valid value.",
  failsAt: "response-allow-origin-single",
  *check(model): Iterable<Problem> {
    for (const handler of model.handlers) {
      const policy = doublingPolicy(handler, model);
      if (policy === undefined) continue;
      const related = [{ at: policy.at, message: "Lambda adds its headers from here." }];
      if (handler.framework?.cors.kind === "configured") {
        yield { at: handler.framework.cors.at, message, related };
        continue;
      }
      for (const response of handler.responses) {
        const sent = headersNamed(response, ALLOW_ORIGIN).find((field) => !field.maybe);
        if (sent)
          yield { at: sent.at, message, related, fixes: removeAll(handler, response, model) };
      }
    }
  },
};

const message = twoLineMessage(
  "The browser refuses this response: Access-Control-Allow-Origin comes twice.",
  "The Function URL's cors adds the header to every answer, and the handler adds it too. Remove it here.",
);

function doublingPolicy(handler: Handler, model: CorsModel): CorsPolicy | undefined {
  const front = handler.bindings.find((each) => headersFrom(each, model) === "both");
  const api = apiOf(front?.api, model);
  return api?.cors.kind === "policy"
    ? api.cors.of.find((policy) => policy.allowOrigins !== undefined)
    : undefined;
}

/** Only when no other front relies on the handler's headers. */
function removeAll(handler: Handler, response: ResponsePath, model: CorsModel): readonly Fix[] {
  if (handler.bindings.some((front) => headersFrom(front, model) !== "both")) return [];
  const entries = response.headers
    .filter(({ name }) => /^access-control-/i.test(name))
    .map(({ entry }) => entry);
  const edits = entries.flatMap((entry): Edit[] => (entry ? [{ kind: "removeEntry", entry }] : []));
  return edits.length < entries.length
    ? []
    : [{ title: "Remove the handler's CORS headers", safety: "safe", edits }];
}
