/** The construct of the model that makes an endpoint answer as it does. */
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
} from "../../../shared/src/model/query/platform";
import type { Span } from "../../../shared/src/ir/span";
import { alternatives, branches, type Seen } from "../../../shared/src/model/value";
import type { ProbeFinding } from "./finding";
import { meantBy } from "./plan-from-model";

/** One route of the API, with everything that answers for it. */
export interface Scene {
  readonly model: CorsModel;
  readonly api: Api;
  readonly routes: readonly Route[];
  readonly policies: readonly CorsPolicy[];
  readonly handlers: readonly Handler[];
  readonly findings: readonly Finding[];
}

export interface Spot {
  readonly at: Span;
  /** The code itself says what the endpoint does: no drift. */
  readonly asWritten?: true;
  /** The whole option, name and value: what a rule says of either is said of it. */
  readonly entry?: Span;
}

/** The guilty place of a finding; `undefined` where no line of the code is to blame. */
export function spotOf(finding: ProbeFinding, scene: Scene): Spot | undefined {
  const { api, policies, routes } = scene;
  const [policy] = policies;
  const refused = finding.origin === undefined ? undefined : nearMiss(finding.origin, scene);
  switch (finding.rule) {
    case "cors-not-configured":
    case "origin-never-matches":
    case "request-refused-by-policy":
      return written(refused) ?? spot(policy?.allowOrigins?.name ?? policy?.at ?? api.at);
    case "preflight-not-ok":
    case "preflight-redirected":
      return written(refused ?? optionsAnswer(scene)) ?? spot(policy?.at ?? routeOf(scene));
    case "preflight-needs-authorization":
      return spot(authorizerOf(routes) ?? api.defaultAuthorizer?.name ?? routeOf(scene));
    case "allow-methods-missing":
      return option(policy?.allowMethods) ?? spot(headerOf(scene, "access-control-allow-methods"));
    case "allow-headers-missing":
      return option(policy?.allowHeaders) ?? spot(headerOf(scene, "access-control-allow-headers"));
    case "max-age-beyond-browsers":
      return option(policy?.maxAge) ?? spot(headerOf(scene, "access-control-max-age"));
    case "response-header-not-exposed":
      return exposure(scene);
    case "wildcard-origin-with-credentials":
      return spot(wildcard(scene) ?? headerOf(scene, ALLOW_ORIGIN));
    case "credentials-value-invalid":
      return spot(headerOf(scene, ALLOW_CREDENTIALS) ?? policy?.allowCredentials?.name);
    case "success-response-without-allow-origin":
      return written(refused) ?? spot(bareAnswer(scene, false) ?? handlerOf(scene));
    case "error-response-without-allow-origin":
      return spot(bareAnswer(scene, true) ?? api.at);
    case "cdn-caches-one-origin":
      return spot(api.frontDoors[0]?.at);
    case "endpoint-unreachable":
    case "local-network-permission":
    case "mixed-content":
    case "tls-untrusted":
      return undefined;
    default:
      return spot(headerOf(scene, ALLOW_ORIGIN) ?? policy?.allowOrigins?.name ?? handlerOf(scene));
  }
}

/** Whoever writes Access-Control-Expose-Headers of real responses: the policy, but of a REST API the handler. */
function exposure(scene: Scene): Spot | undefined {
  const policy = scene.api.kind === "rest" ? undefined : scene.policies[0];
  const written = headerOf(scene, "access-control-expose-headers");
  const besides = policy?.at ?? headerOf(scene, ALLOW_ORIGIN) ?? handlerOf(scene);
  return option(policy?.exposeHeaders) ?? spot(written ?? besides);
}

function spot(at: Span | undefined): Spot | undefined {
  return at && { at };
}

function option(field: Field<unknown> | undefined): Spot | undefined {
  return field && { at: field.name, entry: field.entry };
}

function written(at: Span | undefined): Spot | undefined {
  return at && { at, asWritten: true };
}

/** An entry of an allow-list that means this page and is written so that it never equals its origin. */
function nearMiss(origin: string, scene: Scene): Span | undefined {
  const listed = originsIn(scene);
  if (listed.some(({ value }) => value === origin)) return undefined;
  return listed.find(({ value }) => meantBy(value) === origin)?.at;
}

function originsIn({ policies, handlers }: Scene): readonly Seen<string>[] {
  const ofPolicies = policies.flatMap((policy) =>
    alternatives(policy.allowOrigins?.value).flatMap(({ items }) => items),
  );
  const values = handlers.flatMap(({ responses }) =>
    responses.flatMap((response) => headersNamed(response, ALLOW_ORIGIN)),
  );
  const ofHandlers = values.flatMap(({ value }) =>
    branches<string | number | boolean>(value).flatMap((branch): readonly Seen<string>[] => {
      if (branch.kind === "known") {
        return [{ value: String(branch.value), at: branch.at, sure: true }];
      }
      if (branch.kind !== "fromRequest" || branch.guard.kind !== "exact") return [];
      return alternatives(branch.guard.allowed).flatMap(({ items }) => items);
    }),
  );
  return [...ofPolicies, ...ofHandlers];
}

function wildcard({ policies }: Scene): Span | undefined {
  for (const { allowOrigins } of policies) {
    const star = alternatives(allowOrigins?.value).some(({ items }) =>
      items.some(({ value }) => value === "*"),
    );
    if (star) return allowOrigins?.name;
  }
  return undefined;
}

function headerOf({ handlers }: Scene, name: string): Span | undefined {
  const fields = handlers.flatMap(({ responses }) =>
    responses.flatMap((response) => headersNamed(response, name)),
  );
  return fields[0]?.at;
}

function optionsAnswer({ handlers }: Scene): Span | undefined {
  const answers = handlers.flatMap(({ responses }) => responses);
  return answers.find(({ method }) => method?.toUpperCase() === "OPTIONS")?.at;
}

/** The answer of the handler that sends no Access-Control-Allow-Origin: a failure, or a success. */
function bareAnswer({ handlers }: Scene, failed: boolean): Span | undefined {
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

function handlerOf({ handlers }: Scene): Span | undefined {
  return handlers[0]?.at;
}

function routeOf({ routes, api }: Scene): Span {
  return routes[0]?.at ?? api.at;
}
