import { apiTraits } from "../model/kinds";
import type { Fix, Problem } from "../finding";
import type { Api, CorsModel, Route } from "../model/model";
import { browserEvidence } from "../model/query/exposure";
import { matchesOptions, optionsRouteFor, policiesOf } from "../model/query/platform";
import { possibleLists, constantOf } from "../model/value";
import type { RuleContext } from "../advice/context";
import { addPolicy } from "./lib/api-fix";
import { COMMON_METHODS } from "../advice/needs";
import { twoLineMessage, unique } from "../advice/text";
import { guardedPreflights, toolOf } from "../advice/vocabulary";
import type { Span } from "../ir/span";
import type { Rule } from "./rule";

/** OPTIONS that reaches an authorizer. A preflight carries neither tokens nor cookies (Fetch, CORS-preflight fetch). */
export const rule: Rule = {
  id: "preflight-needs-authorization",
  summary:
    "OPTIONS reaches an authorizer or needs an API key, and a preflight never carries either.",
  severity: "error",
  browserSays:
    "Response to preflight request doesn't pass access control check: It does not have HTTP ok status.",
  failsAt: "preflight-status-ok",
  *check(model, context): Iterable<Problem> {
    for (const api of model.apis) {
      if (browserEvidence(api, model) === undefined) continue;
      // A Function URL with `cors` answers preflights itself; whether IAM stands before that is not established.
      if (!apiTraits[api.kind].routed && api.cors.kind !== "none") continue;
      for (const route of api.routes.filter((each) => matchesOptions(each) && isGuarded(each))) {
        const path = constantOf(route.path);
        const open = path === undefined ? undefined : optionsRouteFor(api, path);
        if (open !== undefined && open !== route) continue;
        yield {
          at: route.methods ?? route.at,
          message: twoLineMessage(
            "The browser's preflight carries no credentials and is turned away.",
            why(api, route),
          ),
          related:
            "at" in route.authorization && route.authorization.at
              ? [{ at: route.authorization.at, message: "The authorizer is set here." }]
              : [],
          fixes: [...fixes(api, route), ...policyFix(api, route, model, context)],
        };
      }
    }
  },
};

function isGuarded(route: Route): boolean {
  return route.authorization.kind === "some" || constantOf(route.apiKeyRequired) === true;
}

function why(api: Api, route: Route): string {
  if (route.generated)
    return guardedPreflights(api, route.authorization.kind === "none" ? "key" : "authorization");
  const key = route.authorization.kind === "none" ? "the API key" : "authorization";
  if (constantOf(route.method)?.toUpperCase() === "OPTIONS")
    return `This OPTIONS method asks for ${key}. Let everyone call it.`;
  const all = constantOf(route.path) === "$default" ? "$default" : "ANY";
  return `${all} matches OPTIONS too, so the preflight meets ${key}. List the methods, or give OPTIONS a route of its own.`;
}

function fixes(api: Api, route: Route): readonly Fix[] {
  const { call, statement, integration } = route;
  if (route.generated) return toolOf(api) === "SAM" && call ? openPreflights(call) : [];
  if (apiTraits[api.kind].policyScope === "resource") {
    if (constantOf(route.method)?.toUpperCase() !== "OPTIONS" || call === undefined) return [];
    return [
      {
        title: "Let everyone call OPTIONS",
        safety: "safe",
        edits: [{ kind: "setMethodOpen", call }],
      },
    ];
  }
  const path = constantOf(route.path);
  const greedy = path === "$default" || path?.endsWith("+}");
  const after = statement ?? api.statement;
  const addRoute: Fix[] =
    greedy && api.variable && after && integration.expression
      ? [
          {
            title: "Add an OPTIONS route without authorization",
            safety: "safe",
            edits: [
              {
                kind: "addOptionsRoute",
                api: api.variable,
                path: path === "$default" ? "/{proxy+}" : (path ?? ""),
                statement: after,
                integration: integration.expression,
              },
            ],
          },
        ]
      : [];
  const any = constantOf(route.method)?.toUpperCase() === "ANY" && path !== "$default";
  if (!any || call === undefined) return addRoute;
  const methods = pageMethods(api);
  return [
    {
      title: `List the methods: ${methods.join(", ")}`,
      safety: "safe",
      edits: [{ kind: "setRouteMethods", call, methods }],
    },
    ...addRoute,
  ];
}

/** `call` is what the API says of authorization. */
function openPreflights(call: Span): readonly Fix[] {
  return [
    { title: "Let preflights through", safety: "safe", edits: [{ kind: "setMethodOpen", call }] },
  ];
}

/** The methods that the policy allows to pages, else the common ones. */
function pageMethods(api: Api): readonly string[] {
  const lists = policiesOf(api).flatMap((policy) => possibleLists(policy.allowMethods?.value));
  const named = unique(lists.flatMap((list) => list.items.map((item) => item.value)));
  const listed = named.filter((method) => method !== "OPTIONS");
  return listed.length > 0 && listed.every((method) => COMMON_METHODS.includes(method))
    ? listed
    : COMMON_METHODS;
}

/** A REST proxy gets OPTIONS methods without authorization from the CORS option. */
function policyFix(api: Api, route: Route, model: CorsModel, context: RuleContext): readonly Fix[] {
  const proxies = constantOf(route.method)?.toUpperCase() === "ANY" && api.cors.kind === "none";
  // CDK refuses a second OPTIONS method on a resource that has one.
  const byHand = api.routes.some(({ method }) => constantOf(method)?.toUpperCase() === "OPTIONS");
  return apiTraits[api.kind].policyScope === "resource" && proxies && !byHand
    ? addPolicy(api, model, context)
    : [];
}
