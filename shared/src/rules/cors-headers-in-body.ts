import type { Problem } from "../finding";
import type { Handler } from "../model/model";
import { ALLOW_ORIGIN, headersNamed } from "../model/query";
import { letter } from "./lib/text";
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
        for (const at of response.corsInBody ?? []) {
          yield {
            at,
            message: letter(
              "The browser looks for this among the headers, but it is in the body.",
              "Only headers tell the browser who may read a response. Move it into the response's headers.",
            ),
          };
        }
        const [lost] = headersNamed(response, ALLOW_ORIGIN);
        if (!response.statusMissing || lost === undefined || !takesAllAsBody(handler)) continue;
        yield {
          at: lost.at,
          message: letter(
            "The browser gets this as text in the body, not as a header.",
            "With payload format 2.0, all of an answer that has no statusCode becomes the body. Add statusCode.",
          ),
        };
      }
    }
  },
};

function takesAllAsBody({ fronts }: Handler): boolean {
  return fronts.length > 0 && fronts.every((front) => front.payload === "2.0");
}
