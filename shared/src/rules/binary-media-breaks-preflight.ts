import { possibleLists } from "../model/value";
import { placeIn } from "./lib/place";
import { twoLineMessage } from "../advice/text";
import { toolOf } from "../advice/vocabulary";
import type { Rule } from "./rule";

/** All media types are binary, so the MOCK integration behind OPTIONS cannot read its template and answers 500. */
export const rule: Rule = {
  id: "binary-media-breaks-preflight",
  summary: "`binaryMediaTypes: ['*/*']` makes the generated OPTIONS methods answer 500.",
  severity: "error",
  browserSays:
    "Response to preflight request doesn't pass access control check: It does not have HTTP ok status.",
  failsAt: "preflight-status-ok",
  *check(model) {
    for (const api of model.apis) {
      const field = api.binaryMediaTypes;
      const preflight = api.routes.find((route) => route.generated && route.preflight)?.preflight;
      if (field === undefined || preflight === undefined) continue;
      for (const { value, at } of possibleLists(field.value).flatMap((list) => list.items)) {
        if (value !== "*/*") continue;
        yield {
          at: placeIn(field, at),
          message: twoLineMessage(
            "The browser's preflight gets 500, so nothing is sent.",
            `When every media type counts as binary, the OPTIONS methods that ${toolOf(api)} generates cannot read their own template. List the types that are really binary.`,
          ),
          related: [{ at: preflight.at, message: "The OPTIONS methods are made from this." }],
          fixes: [
            {
              title: "Treat only application/octet-stream as binary",
              safety: "review",
              edits: [{ kind: "setString", at, text: "application/octet-stream" }],
            },
          ],
        };
      }
    }
  },
};
