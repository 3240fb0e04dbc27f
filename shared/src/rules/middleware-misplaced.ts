import type { Problem } from "../finding";
import { headerOwner } from "../model/query/responsibility";
import { putAround, putRight, turnOn } from "./lib/middleware-fix";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** A library's CORS support that is absent where it is needed, or stands where it has no effect. */
export const rule: Rule = {
  id: "middleware-misplaced",
  summary:
    "A library's CORS middleware stands where it has no effect, or is absent while its routes serve browsers.",
  severity: "warning",
  browserSays: "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  failsAt: "response-allow-origin-present",
  *check(model, context): Iterable<Problem> {
    for (const handler of model.handlers) {
      const { framework } = handler;
      if (framework === undefined || handler.notHttp !== undefined) continue;
      const { cors, name } = framework;
      if (cors.kind === "misplaced") {
        yield {
          at: cors.at,
          message: twoLineMessage(
            "The browser does not get the headers that this middleware is there for.",
            cors.because,
          ),
          fixes: putRight(cors.faults, model, context),
        };
      }
      // Without an error handler middy lets the exception out: that is an unhandled error, not an answer.
      const crashes = cors.kind === "configured" && framework.coversErrors === "no";
      if (crashes && !framework.wraps && headerOwner(handler, model) === "handler") {
        yield {
          at: cors.at,
          severity: "information",
          message: twoLineMessage(
            "The browser shows a CORS error when this application crashes.",
            `${name} answers an unhandled exception outside its middleware, without CORS headers. Wrap the application as a whole.`,
          ),
          fixes: cors.inside ? putAround(cors.inside, handler, model) : [],
        };
      }
      // middy's handlers answer themselves; their answers are judged one by one.
      if (cors.kind !== "none" || framework.wraps || headerOwner(handler, model) !== "handler")
        continue;
      if (
        handler.responses.some((response) =>
          response.headers.some((header) => /^access-control-/i.test(header.name)),
        )
      )
        continue;
      yield {
        at: framework.at,
        message: twoLineMessage(
          "The browser withholds every response of this application: none has CORS headers.",
          `Pages call it, and ${name} adds no Access-Control-Allow-Origin unless it is told to. Configure its CORS support.`,
        ),
        fixes: cors.support ? turnOn(cors.support, handler, model, context) : [],
      };
    }
  },
};
