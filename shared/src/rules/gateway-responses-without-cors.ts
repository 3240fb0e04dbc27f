import { apiTraits } from "../model/kinds";
import { writesCors, sharesOrigin } from "../model/query/exposure";
import type { Fix } from "../finding";
import type { Api } from "../model/model";
import { allowsCredentials, policiesOf } from "../model/query/platform";
import { ALLOW_ORIGIN } from "../model/query/responses";
import { possibleLists, constantOf } from "../model/value";
import { sameSpan } from "../ir/span";
import { twoLineMessage, inWords } from "../advice/text";
import type { Rule } from "./rule";

const TYPES = ["DEFAULT_4XX", "DEFAULT_5XX"] as const;
type Type = (typeof TYPES)[number];
/** What callers meet daily: no valid token, or not allowed. */
const REFUSALS = ["UNAUTHORIZED", "ACCESS_DENIED"] as const;

/** What a REST API answers by itself (expired token, throttling, crash) carries no CORS headers unless told to. */
export const rule: Rule = {
  id: "gateway-responses-without-cors",
  summary: "A REST API with CORS sends its own 4xx and 5xx answers without CORS headers.",
  severity: "warning",
  browserSays: "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  failsAt: "response-allow-origin-present",
  *check(model) {
    for (const api of model.apis) {
      const answers = policiesOf(api).length > 0 || writesCors(api);
      if (!apiTraits[api.kind].gatewayResponses || !answers) continue;
      if (!api.gatewayResponsesComplete) continue;
      if (api.notForBrowsers !== undefined || sharesOrigin(api)) continue;
      const types = TYPES.filter((type) => !covered(api, type));
      if (types.length === 0) continue;
      yield {
        at: api.at,
        ...(isGuarded(api) && !REFUSALS.every((type) => covered(api, type))
          ? {}
          : { severity: "information" as const }),
        message: twoLineMessage(
          "The browser shows a CORS error where the API says 401, 403, 429 or 500.",
          `Answers that API Gateway makes by itself have no CORS headers. Give ${inWords(types)} an Access-Control-Allow-Origin.`,
        ),
        related: policiesOf(api)
          .slice(0, 1)
          .map((policy) => ({ at: policy.at, message: "Preflights are answered from here." })),
        // Of an API that the same code makes several times, one may lack what another has: no one statement suits all.
        fixes:
          model.apis.filter(({ at }) => sameSpan(at, api.at)).length > 1 ? [] : fixes(api, types),
      };
    }
  },
};

/** The type has its header, or a response exists that cannot be read. */
function covered(api: Api, type: Type | (typeof REFUSALS)[number]): boolean {
  return api.gatewayResponses.some((response) => {
    const named = constantOf(response.type);
    if (named !== undefined && named.replace("_4_XX", "_4XX").replace("_5_XX", "_5XX") !== type)
      return false;
    return (
      !response.complete || response.headers.some(({ name }) => name.toLowerCase() === ALLOW_ORIGIN)
    );
  });
}

function isGuarded(api: Api): boolean {
  return api.routes.some(
    (route) => route.authorization.kind === "some" || constantOf(route.apiKeyRequired) === true,
  );
}

/** One origin is written out. Of several only the caller's own can be named, which answers errors to every origin. */
function fixes(api: Api, types: readonly Type[]): readonly Fix[] {
  const { variable, statement } = api;
  const lists = policiesOf(api).flatMap((policy) => possibleLists(policy.allowOrigins?.value));
  const [list] = lists;
  const [origin, ...others] = list?.items ?? [];
  if (variable === undefined || statement === undefined || !list?.complete || origin === undefined)
    return [];
  const single = others.length === 0 && lists.length === 1 && origin.definite;
  const headers = [
    {
      name: "Access-Control-Allow-Origin",
      value: single ? `'${origin.value}'` : "method.request.header.origin",
    },
    ...(policiesOf(api).every(allowsCredentials) && single && origin.value !== "*"
      ? [{ name: "Access-Control-Allow-Credentials", value: "'true'" }]
      : []),
  ];
  const title = "Send CORS headers with the API's own errors";
  return [
    {
      title,
      safety: single ? "safe" : "review",
      edits: [{ kind: "addGatewayResponses", api: variable, statement, types, headers }],
    },
  ];
}
