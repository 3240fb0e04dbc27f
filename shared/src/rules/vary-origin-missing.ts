import type { Fix } from "../finding";
import type { CorsModel, Handler, HeaderField, ResponsePath } from "../model/model";
import { ALLOW_ORIGIN, headersNamed } from "../model/query/responses";
import { branches, constantOf } from "../model/value";
import { allowOriginBranches, answers, texts } from "./lib/answers";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** The answer hangs on the request's Origin and does not say so (Fetch, CORS protocol and HTTP caches). */
export const rule: Rule = {
  id: "vary-origin-missing",
  summary:
    "Access-Control-Allow-Origin depends on the request, and the response has no `Vary: Origin`.",
  severity: "warning",
  browserSays:
    "The 'Access-Control-Allow-Origin' header has a value that is not equal to the supplied origin.",
  failsAt: "response-allow-origin-match",
  *check(model) {
    for (const { handler, response } of answers(model)) {
      if (isPreflight(handler, response, model)) continue;
      const [origin] = headersNamed(response, ALLOW_ORIGIN);
      const echoed = allowOriginBranches(response).some((branch) => branch.kind === "fromRequest");
      if (origin === undefined || !echoed || !response.headersComplete) continue;
      if (varies(response) || isNeverStored(response)) continue;
      yield {
        at: origin.at,
        message: twoLineMessage(
          "The browser may reuse this response, from a cache, for a page of another origin.",
          "Its Access-Control-Allow-Origin depends on who asks, and caches are not told. Send Vary: Origin with it.",
        ),
        related:
          response.at.file === origin.at.file && response.at.start !== origin.at.start
            ? [{ at: response.at, message: "It is sent with this response." }]
            : [],
        fixes: fixes(response),
      };
    }
  },
};

/** Answers to OPTIONS are kept in the browser's preflight cache, which tells origins apart by itself (Fetch). */
function isPreflight(handler: Handler, response: ResponsePath, model: CorsModel): boolean {
  const routes = model.apis
    .flatMap((api) => api.routes)
    .filter((route) => route.handlers.includes(handler.id));
  const only = routes.every((route) => constantOf(route.method)?.toUpperCase() === "OPTIONS");
  // Of a handler that was not followed to its end, other answers with the same header are likely.
  const own = response.method?.toUpperCase() === "OPTIONS" && handler.complete;
  return own || (routes.length > 0 && only);
}

/** No cache keeps an answer with `no-store` (RFC 9111, 5.2.2.5), so that none can serve it to another origin. */
function isNeverStored(response: ResponsePath): boolean {
  const fields = headersNamed(response, "cache-control");
  return mayHave(fields, /(^|[\s,])no-store($|[\s,])/i);
}

function varies(response: ResponsePath): boolean {
  return mayHave(headersNamed(response, "vary"), /(^|[\s,])(origin|\*)($|[\s,])/i);
}

/** Whether some value of the fields is such a text, or cannot be seen. */
function mayHave(fields: readonly HeaderField[], pattern: RegExp): boolean {
  const unclear = fields.some(({ value }) =>
    branches<string | number | boolean>(value).some((branch) => branch.kind !== "known"),
  );
  return unclear || texts(fields).some((text) => pattern.test(text));
}

function fixes(response: ResponsePath): readonly Fix[] {
  const [vary] = headersNamed(response, "vary");
  const title = "Send Vary: Origin";
  if (vary?.value.kind === "known") {
    const text = `${String(vary.value.value)}, Origin`;
    return [{ title, safety: "safe", edits: [{ kind: "setString", at: vary.value.at, text }] }];
  }
  const headersBlock = response.headersBlock ?? response.made?.headersBlock;
  if (vary !== undefined || headersBlock === undefined) return [];
  const headers = [{ name: "Vary", value: { kind: "text" as const, text: "Origin" } }];
  return [{ title, safety: "safe", edits: [{ kind: "addHeaders", headers, headersBlock }] }];
}
