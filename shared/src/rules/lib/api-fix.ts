/** Fixes that change an API. */
import { apiTraits } from "../../model/kinds";
import type { Fix } from "../../finding";
import type { NewPolicy } from "../../model/edit";
import type { Api, CorsModel, PolicyForm } from "../../model/model";
import { handlersOf } from "../../model/query/platform";
import { ALLOW_CREDENTIALS, headersNamed } from "../../model/query/responses";
import { constantOf } from "../../model/value";
import type { RuleContext } from "../../advice/context";
import { headersNeeded, methodsOf, originsFor, sendsCookies } from "../../advice/needs";
import { GOOD_MAX_AGE } from "../../advice/policy-fix";
import { titleOf, unique } from "../../advice/text";

/** The policy that an API without one needs: origins of the user, methods of its routes, headers in evident use. */
export function completePolicy(api: Api, model: CorsModel, context: RuleContext): NewPolicy {
  const needs = headersNeeded(api, api.routes, model).map((need) => need.name);
  const responses = handlersOf(api, model).flatMap((handler) => handler.responses);
  const sent = responses.flatMap((response) => headersNamed(response, ALLOW_CREDENTIALS));
  const credentials =
    sendsCookies(api, model) || sent.some((header) => String(constantOf(header.value)) === "true");
  return {
    allowOrigins: originsFor(model, context),
    allowMethods: methodsOf(api.routes),
    allowHeaders: unique(["content-type", ...needs]),
    ...(credentials ? { allowCredentials: true } : {}),
    maxAge: GOOD_MAX_AGE,
  };
}

function formOf({ kind, construct }: Api): PolicyForm | undefined {
  if (construct === "CfnApi") return "cfnApi";
  return apiTraits[kind].policy;
}

/** Inserts the whole CORS option into the construct. Never safe: it opens the API to origins. */
export function addPolicy(api: Api, model: CorsModel, context: RuleContext): readonly Fix[] {
  // None has such an option.
  if (api.construct === "SpecRestApi" || api.construct === "CfnRestApi" || api.packaged) return [];
  const form = formOf(api);
  if (form === undefined) return [];
  const policy = completePolicy(api, model, context);
  const title = titleOf("Answer preflights for", policy.allowOrigins ?? [], "origins");
  return [
    { title, safety: "review", edits: [{ kind: "addPolicy", form, call: api.call, policy }] },
  ];
}
