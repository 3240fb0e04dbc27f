import { apiTraits, traitsOf } from "../model/kinds";
import { elsewhere, placeIn } from "./lib/place";
import { allows, isToken, namesIn } from "./lib/header-list";
import type { Span } from "../ir/span";
import type { Fix, Problem } from "../finding";
import type { Edit } from "../model/edit";
import type { Api, CorsModel, CorsPolicy, Route } from "../model/model";
import {
  allowsCredentials,
  answersPreflights,
  effective,
  handlersOf,
  policyUses,
  routesUnder,
} from "../model/query/platform";
import { definitelyIncludes, type PossibleList } from "../model/value";
import { headersNeeded, takesBody, type Need } from "../advice/needs";
import { addItems } from "../advice/policy-fix";
import { inWords, titleOf, twoLineMessage, unique } from "../advice/text";
import type { Rule } from "./rule";

/** Request headers that pages evidently send and the policy does not allow. */
export const rule: Rule = {
  id: "allow-headers-missing",
  summary:
    "A policy does not allow a request header that the authorizer, the handler or the page evidently uses.",
  severity: "warning",
  browserSays:
    "Request header field content-type is not allowed by Access-Control-Allow-Headers in preflight response.",
  failsAt: "preflight-header-allowed",
  *check(model) {
    for (const { policy, api } of policyUses(model)) {
      if (api === undefined || !answersPreflights(policy)) continue;
      yield* misspelled(policy);
      const routes = apiTraits[api.kind].routed ? routesUnder(api, policy) : api.routes;
      const needs = headersNeeded(api, routes, model);
      for (const list of effective(policy, "allowHeaders") ?? []) {
        if (definitelyIncludes(list, "*") && allowsCredentials(policy)) continue; // `wildcard-without-effect`
        const missing = list.complete ? needs.filter(({ name }) => !allows(list, name)) : [];
        const json = saysNothing(policy, list) && mayTakeBody(policy, api, routes, model);
        const names = unique([
          ...(json ? ["content-type"] : []),
          ...missing.map(({ name }) => name),
        ]);
        if (names.length > 0) yield problem(policy, list, names, missing);
      }
    }
  },
};

/** Entries that are no header names; where CDK joins the list with commas (REST), several in one are none the worse. */
function* misspelled(policy: CorsPolicy): Iterable<Problem> {
  const field = policy.allowHeaders;
  for (const list of effective(policy, "allowHeaders") ?? []) {
    for (const { value, at } of list.items) {
      if (field === undefined || isToken(value)) continue;
      const names = namesIn(value);
      const [first, ...others] = names;
      yield {
        at: placeIn(field, at),
        fault: at,
        message: twoLineMessage(
          "An entry of the allowed headers is no header name: the browser never finds it.",
          `"${value}" is one entry, and the browser looks for each header by its own name.${first === undefined ? "" : ` Write ${inWords(names)} as ${others.length > 0 ? "entries of their own" : "the entry"}.`}`,
        ),
        related: elsewhere(field, at, "The entry is written here."),
        fixes: first === undefined ? [] : split(policy, list, at, names),
      };
    }
  }
}

function split(
  { form }: CorsPolicy,
  { at: list }: PossibleList,
  at: Span,
  [first = "", ...others]: readonly string[],
): readonly Fix[] {
  const set: Edit = { kind: "setString", at, text: first };
  if (others.length > 0 && list === undefined) return [];
  const add: Edit[] =
    others.length > 0 && list
      ? [{ kind: "addToList", list, form, field: "allowHeaders", items: others }]
      : [];
  return [
    {
      title: titleOf("Write", [first, ...others], "headers"),
      safety: "review",
      edits: [set, ...add],
    },
  ];
}

/** No header at all: then pages cannot send JSON, whether or not a call of one was found. */
function saysNothing(policy: CorsPolicy, list: PossibleList): boolean {
  return traitsOf(policy).service !== "s3" && list.complete && list.items.length === 0;
}

/**
 * Routes say so, or a policy that names POST: it is meant for pages that send something. A Function URL takes every method
 * unless told otherwise: there the function has to look at the body.
 */
function mayTakeBody(
  policy: CorsPolicy,
  api: Api,
  routes: readonly Route[],
  model: CorsModel,
): boolean {
  const isUrl = !apiTraits[api.kind].routed;
  if (!isUrl && (!api.routesComplete || takesBody(routes))) return true;
  const named = policy.allowMethods ? (effective(policy, "allowMethods") ?? []) : [];
  const methods = named.flatMap((list) => list.items).map(({ value }) => value);
  if (methods.some((method) => ["POST", "PUT", "PATCH"].includes(method))) return true;
  const every = methods.length === 0 || methods.includes("*");
  if (!isUrl) return methods.length > 0 && every;
  return every && handlersOf(api, model).some(({ readsBody }) => readsBody);
}

function problem(
  policy: CorsPolicy,
  list: PossibleList,
  names: readonly string[],
  needs: readonly Need[],
): Problem {
  const field = policy.allowHeaders;
  const start = list.definite ? "The" : "In one branch of the code the";
  const json = needs.length === 0 ? "Every request with a JSON body needs it. " : "";
  return {
    at: field?.name ?? policy.at,
    message: twoLineMessage(
      names.length > 2
        ? "The browser may not send some headers that the API needs, so it sends no request."
        : `The browser may not send ${inWords(names)}, so it does not send the request.`,
      `${start} preflight's answer does not list ${names.length > 1 ? "them" : "it"}. ${json}Add ${inWords(names)} to the allowed headers.`,
    ),
    related: [
      ...(list.definite || !list.at ? [] : [{ at: list.at, message: "This list is meant." }]),
      ...needs.map((need) => need.because),
    ],
    fixes: addItems(policy, "allowHeaders", names, unique(["content-type", ...names])),
  };
}
