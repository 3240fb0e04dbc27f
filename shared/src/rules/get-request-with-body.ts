import { constantOf } from "../model/value";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** `fetch` throws where a GET or HEAD request is given a body (Fetch, "new Request(input, init)", step 37). */
export const rule: Rule = {
  id: "get-request-with-body",
  summary: "A page gives a GET or HEAD request a body: `fetch` throws, and nothing is sent.",
  severity: "error",
  browserSays:
    "Failed to execute 'fetch' on 'Window': Request with GET/HEAD method cannot have body.",
  *check(model) {
    for (const { api, body, method, at } of model.requests) {
      const name = constantOf(method)?.toUpperCase();
      if (api === undefined || body === undefined || (name !== "GET" && name !== "HEAD")) continue;
      yield {
        at: body,
        message: twoLineMessage(
          `The browser does not send this: a ${name} request cannot have a body.`,
          "fetch throws a TypeError. Put the values into the query of the URL, or use POST.",
        ),
        related: [{ at, message: "The request is made here." }],
      };
    }
  },
};
