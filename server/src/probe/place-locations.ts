/** The construct of the model that makes an endpoint answer as it does. */
import { apiTraits } from "../../../shared/src/model/kinds";
import type { Finding } from "../../../shared/src/finding";
import type {
  Api,
  CorsModel,
  CorsPolicy,
  Field,
  Handler,
  ResponsePath,
  Route,
} from "../../../shared/src/model/model";
import {
  ALLOW_CREDENTIALS,
  ALLOW_ORIGIN,
  headersNamed,
  statusesOf,
} from "../../../shared/src/model/query/responses";
import type { Span } from "../../../shared/src/ir/span";
import { possibleLists, branches, type KnownBranch } from "../../../shared/src/model/value";
import type { ProbeFinding } from "./finding";
import { meantBy } from "../../../shared/src/advice/page-origins";

/** One route of the API, with everything that answers for it. */
export interface ProbeContext {
  readonly model: CorsModel;
  readonly api: Api;
  readonly routes: readonly Route[];
  readonly policies: readonly CorsPolicy[];
  readonly handlers: readonly Handler[];
  readonly findings: readonly Finding[];
}

export interface SourceLocation {
  readonly at: Span;
  /** The code itself says what the endpoint does: no drift. */
  readonly asWritten?: true;
  /** The whole option, name and value: what a rule says of either is said of it. */
  readonly entry?: Span;
}

/** The guilty place of a finding; `undefined` where no line of the code is to blame. */
export function locationOf(
  finding: ProbeFinding,
  context: ProbeContext,
): SourceLocation | undefined {
  const { api, policies, routes } = context;
  const [policy] = policies;
  const refused = finding.origin === undefined ? undefined : nearMiss(finding.origin, context);
  switch (finding.rule) {
    case "cors-not-configured":
    case "origin-never-matches":
    case "request-refused-by-policy":
      return written(refused) ?? locationAt(policy?.allowOrigins?.name ?? policy?.at ?? api.at);
    case "preflight-not-ok":
    case "preflight-redirected":
      return (
        written(refused ?? optionsAnswer(context)) ?? locationAt(policy?.at ?? routeOf(context))
      );
    case "preflight-needs-authorization":
      return locationAt(authorizerOf(routes) ?? api.defaultAuthorizer?.name ?? routeOf(context));
    case "allow-methods-missing":
      return (
        option(policy?.allowMethods) ??
        locationAt(headerOf(context, "access-control-allow-methods"))
      );
    case "allow-headers-missing":
      return (
        option(policy?.allowHeaders) ??
        locationAt(headerOf(context, "access-control-allow-headers"))
      );
    case "max-age-beyond-browsers":
      return option(policy?.maxAge) ?? locationAt(headerOf(context, "access-control-max-age"));
    case "response-header-not-exposed":
      return exposure(context);
    case "wildcard-origin-with-credentials":
      return locationAt(wildcard(context) ?? headerOf(context, ALLOW_ORIGIN));
    case "credentials-value-invalid":
      return locationAt(headerOf(context, ALLOW_CREDENTIALS) ?? policy?.allowCredentials?.name);
    case "success-response-without-allow-origin":
      return written(refused) ?? locationAt(bareAnswer(context, false) ?? handlerOf(context));
    case "error-response-without-allow-origin":
      return locationAt(bareAnswer(context, true) ?? api.at);
    case "cdn-caches-one-origin":
      return locationAt(api.behaviors[0]?.at);
    case "endpoint-unreachable":
    case "local-network-permission":
    case "mixed-content":
    case "tls-untrusted":
      return undefined;
    default:
      return locationAt(
        headerOf(context, ALLOW_ORIGIN) ?? policy?.allowOrigins?.name ?? handlerOf(context),
      );
  }
}

/** Whoever writes Access-Control-Expose-Headers of real responses: the policy, but of a REST API the handler. */
function exposure(context: ProbeContext): SourceLocation | undefined {
  const { policyOnResponses } = apiTraits[context.api.kind];
  const policy = policyOnResponses === "nothing" ? undefined : context.policies[0];
  const written = headerOf(context, "access-control-expose-headers");
  const besides = policy?.at ?? headerOf(context, ALLOW_ORIGIN) ?? handlerOf(context);
  return option(policy?.exposeHeaders) ?? locationAt(written ?? besides);
}

function locationAt(at: Span | undefined): SourceLocation | undefined {
  return at && { at };
}

function option(field: Field<unknown> | undefined): SourceLocation | undefined {
  return field && { at: field.name, entry: field.entry };
}

function written(at: Span | undefined): SourceLocation | undefined {
  return at && { at, asWritten: true };
}

/** An entry of an allow-list that means this page and is written so that it never equals its origin. */
function nearMiss(origin: string, context: ProbeContext): Span | undefined {
  const listed = originsIn(context);
  if (listed.some(({ value }) => value === origin)) return undefined;
  return listed.find(({ value }) => meantBy(value) === origin)?.at;
}

function originsIn({ policies, handlers }: ProbeContext): readonly KnownBranch<string>[] {
  const ofPolicies = policies.flatMap((policy) =>
    possibleLists(policy.allowOrigins?.value).flatMap(({ items }) => items),
  );
  const values = handlers.flatMap(({ responses }) =>
    responses.flatMap((response) => headersNamed(response, ALLOW_ORIGIN)),
  );
  const ofHandlers = values.flatMap(({ value }) =>
    branches<string | number | boolean>(value).flatMap((branch): readonly KnownBranch<string>[] => {
      if (branch.kind === "known") {
        return [{ value: String(branch.value), at: branch.at, definite: true }];
      }
      if (branch.kind !== "fromRequest" || branch.guard.kind !== "exact") return [];
      return possibleLists(branch.guard.allowed).flatMap(({ items }) => items);
    }),
  );
  return [...ofPolicies, ...ofHandlers];
}

function wildcard({ policies }: ProbeContext): Span | undefined {
  for (const { allowOrigins } of policies) {
    const star = possibleLists(allowOrigins?.value).some(({ items }) =>
      items.some(({ value }) => value === "*"),
    );
    if (star) return allowOrigins?.name;
  }
  return undefined;
}

function headerOf({ handlers }: ProbeContext, name: string): Span | undefined {
  const fields = handlers.flatMap(({ responses }) =>
    responses.flatMap((response) => headersNamed(response, name)),
  );
  return fields[0]?.at;
}

function optionsAnswer({ handlers }: ProbeContext): Span | undefined {
  const answers = handlers.flatMap(({ responses }) => responses);
  return answers.find(({ method }) => method?.toUpperCase() === "OPTIONS")?.at;
}

/** The answer of the handler that sends no Access-Control-Allow-Origin: a failure, or a success. */
function bareAnswer({ handlers }: ProbeContext, failed: boolean): Span | undefined {
  const fits = (response: ResponsePath) => {
    const statuses = statusesOf(response);
    const kind = failed
      ? response.afterCatch === true || statuses.some((status) => status >= 400)
      : statuses.length === 0 || statuses.some((status) => status < 400);
    return kind && response.headersComplete && headersNamed(response, ALLOW_ORIGIN).length === 0;
  };
  const answers = handlers.flatMap(({ responses }) => responses);
  return answers.find((answer) => answer.method === undefined && fits(answer))?.at;
}

function authorizerOf(routes: readonly Route[]): Span | undefined {
  for (const { authorization } of routes) {
    if (authorization.kind === "some") return authorization.at;
  }
  return undefined;
}

function handlerOf({ handlers }: ProbeContext): Span | undefined {
  return handlers[0]?.at;
}

function routeOf({ routes, api }: ProbeContext): Span {
  return routes[0]?.at ?? api.at;
}
