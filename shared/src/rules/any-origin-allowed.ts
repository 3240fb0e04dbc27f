import { traitsOf } from "../model/kinds";
import type { Problem } from "../finding";
import type { Api, CorsModel, CorsPolicy, Handler } from "../model/model";
import { policiesOf, policyUses } from "../model/query/platform";
import { ALLOW_ORIGIN, headersNamed } from "../model/query/responses";
import { possibleLists, knownBranches, constantOf } from "../model/value";
import { answers, sendsCredentials } from "./lib/answers";
import { elsewhere, placeIn } from "./lib/place";
import { nameOrigins } from "../advice/policy-fix";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** `*` where callers are known by name. A public API without credentials may well allow every origin. */
export const rule: Rule = {
  id: "any-origin-allowed",
  summary: "Every origin may read an API whose routes are authorized, or write to a bucket.",
  severity: "information",
  allows: "A page of any site that holds a valid token reads the API's responses.",
  *check(model, context) {
    for (const { policy, api } of policyUses(model)) {
      const origins = policy.allowOrigins;
      const why = api === undefined ? writable(policy) : guarded(api);
      if (origins === undefined || why === undefined) continue;
      if (knownBranches(policy.allowCredentials?.value).some(({ value }) => value)) continue;
      for (const item of possibleLists(origins.value).flatMap((list) => list.items)) {
        if (item.value !== "*") continue;
        yield {
          at: placeIn(origins, item.at),
          fault: item.at,
          message: twoLineMessage(
            "The browser lets pages of every site read these responses.",
            `${why} If only pages of yours are meant, name their origins.`,
          ),
          related: elsewhere(origins, item.at, "The wildcard is written here."),
          fixes: nameOrigins(policy, model, context),
        };
      }
    }
    yield* openAnswers(model);
  },
};

/** Handlers behind an authorizer that allow every origin, where no policy says so that is told of. */
function* openAnswers(model: CorsModel): Iterable<Problem> {
  const told = new Set<string>();
  for (const { handler, response } of answers(model)) {
    const [origin] = headersNamed(response, ALLOW_ORIGIN);
    if (origin === undefined || constantOf(origin.value) !== "*" || sendsCredentials(response))
      continue;
    if (told.has(handler.id) || !isGuarded(handler, model)) continue;
    told.add(handler.id);
    yield {
      at: origin.at,
      message: twoLineMessage(
        "The browser lets pages of every site read this response.",
        "Only authorized callers get it, yet any origin may use their tokens. If only pages of yours are meant, name their origins.",
      ),
    };
  }
}

function isGuarded({ id }: Handler, { apis }: CorsModel): boolean {
  const fronts = apis.flatMap((api) => {
    const routes = api.routes.filter((route) => route.handlers.includes(id));
    return routes.length > 0 ? [{ api, routes }] : [];
  });
  const open = fronts.some(({ api }) =>
    policiesOf(api)
      .flatMap((policy) => possibleLists(policy.allowOrigins?.value))
      .some(({ items }) => items.some(({ value }) => value === "*")),
  );
  const guarded = fronts.every(({ routes }) =>
    routes.every(({ authorization }) => authorization.kind === "some"),
  );
  return fronts.length > 0 && guarded && !open;
}

function guarded(api: Api): string | undefined {
  const authorized = api.routes.some((route) => route.authorization.kind === "some");
  const keyed = api.routes.some((route) => constantOf(route.apiKeyRequired) === true);
  if (authorized || keyed) return "The API knows its callers, yet any origin may use their tokens.";
  const signed = constantOf(api.authType) === "AWS_IAM";
  return signed ? "The URL asks for signed requests, yet any origin may send them." : undefined;
}

function writable(policy: CorsPolicy): string | undefined {
  if (traitsOf(policy).service !== "s3") return undefined;
  const methods = possibleLists(policy.allowMethods?.value).flatMap((list) => list.items);
  const writes = methods.some(({ value }) => ["PUT", "POST", "DELETE"].includes(value));
  return writes ? "Browsers may write to this bucket from any origin." : undefined;
}
