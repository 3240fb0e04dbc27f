import { headersFrom } from "../model/query/responsibility";
import { answers, misspelledAs } from "./lib/answers";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** What goes wrong without each header. A preflight's answer that lasts 5 s: Fetch standard, Access-Control-Max-Age. */
const without: Readonly<Record<string, string>> = {
  "access-control-allow-origin": "Without it the browser withholds the response.",
  "access-control-allow-credentials": "Without it requests with cookies fail.",
  "access-control-allow-methods": "Without it the browser sends only GET, HEAD and POST.",
  "access-control-allow-headers": "Without it the browser sends no request with further headers.",
  "access-control-expose-headers": "Without it pages cannot read the response's further headers.",
  "access-control-max-age": "Without it the browser asks again after 5 seconds.",
};

/** A response header one slip away from a CORS header. */
export const rule: Rule = {
  id: "cors-header-misspelled",
  summary: "A response header is one slip away from a CORS header, so browsers ignore it.",
  severity: "error",
  browserSays: "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  failsAt: "response-allow-origin-present",
  *check(model) {
    // A handler that misspells the header shows whom it serves, though it sends none.
    const known = new Set(answers(model, "gateway").map(({ response }) => response));
    const alone = model.handlers.filter(
      ({ bindings, notHttp }) =>
        notHttp === undefined &&
        bindings.every((binding) => headersFrom(binding, model) !== "gateway"),
    );
    for (const response of [...known, ...alone.flatMap((handler) => handler.responses)]) {
      for (const { name, at } of response.headers) {
        const right = misspelledAs(name);
        if (right === undefined) continue;
        yield {
          at,
          message: twoLineMessage(
            `The browser knows no header ${name} and ignores it.`,
            `It is spelled ${right}. ${without[right.toLowerCase()] ?? ""}`.trimEnd(),
          ),
          fixes: [
            {
              title: `Write ${right}`,
              safety: "safe",
              edits: [{ kind: "rename", name: at, to: right }],
            },
          ],
        };
      }
    }
  },
};
