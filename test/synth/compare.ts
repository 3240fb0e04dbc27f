/** Compares the model that was read from the code with what the template says: every field is equal, unknown or contradictory. */
import type {
  Api,
  ApiCors,
  CorsModel,
  CorsPolicy,
  CloudFrontBehavior,
  GatewayResponse,
  Route,
} from "../../shared/src/model/model";
import { branches, constantOf } from "../../shared/src/model/value";
import { comparePolicies, comparePolicy } from "./compare-policy";
import {
  compareList,
  compareValue,
  either,
  judgement,
  type Judgement,
  type Outcome,
} from "./tally";
import type {
  TemplateApi,
  TemplateDoor,
  TemplateModel,
  TemplatePolicy,
  TemplateRoute,
  Text,
} from "./template";

export function compareModels(ours: CorsModel, theirs: TemplateModel): readonly Judgement[] {
  const pairs = paired(ours.apis, theirs.apis);
  const met = new Set(pairs.map((pair) => pair.theirs));
  const missed = theirs.apis.filter((api) => !met.has(api));
  return [
    ...pairs.flatMap((pair) =>
      pair.theirs
        ? compareApi(pair.ours, pair.theirs)
        : pair.ours.cors.kind === "unknown"
          ? []
          : [judgement(`${pair.ours.kind} API`, "contradictory", pair.ours.name, undefined)],
    ),
    ...missed.map((api) => judgement(`${api.kind} API`, "contradictory", undefined, api.path)),
    ...comparePolicies(
      "bucket",
      ours.policies.filter((policy) => policy.form === "bucket"),
      theirs.buckets,
    ),
    ...comparePolicies("headers policy", headersPolicies(ours), theirs.headersPolicies),
  ];
}

/** Those before APIs and the others, each once and in the order of the code; AWS's own are in no template. */
function headersPolicies({ apis, policies }: CorsModel): readonly CorsPolicy[] {
  const used = apis.flatMap((api) =>
    api.behaviors.flatMap((door) => door.responseHeadersPolicy ?? []),
  );
  const all = [...used, ...policies].filter((policy) => policy.form === "responseHeadersPolicy");
  const own = all.filter((policy) => policy.because !== "a policy that AWS manages");
  const places = new Map(own.map((policy) => [`${policy.at.file} ${policy.at.start}`, policy]));
  return [...places.values()].sort((a, b) => a.at.start - b.at.start);
}

/** APIs by their construct id, the others in the order of both sides; of several candidates the one that fits best. */
function paired(
  ours: readonly Api[],
  theirs: readonly TemplateApi[],
): { ours: Api; theirs: TemplateApi | undefined }[] {
  const free = new Set(theirs);
  const take = (own: Api, fits: (api: TemplateApi) => boolean): TemplateApi | undefined => {
    const wrong = (api: TemplateApi): number =>
      compareApi(own, api).filter((entry) => entry.outcome === "contradictory").length;
    const candidates = [...free].filter((api) => api.kind === own.kind && fits(api));
    const [found] =
      candidates.length > 1 ? candidates.sort((a, b) => wrong(a) - wrong(b)) : candidates;
    if (found) free.delete(found);
    return found;
  };
  const byName = new Map(
    ours.map((api) => [api, take(api, (their) => their.path.includes(api.name))]),
  );
  return ours.map((api) => ({ ours: api, theirs: byName.get(api) ?? take(api, () => true) }));
}

function compareApi(ours: Api, theirs: TemplateApi): readonly Judgement[] {
  const name = `${theirs.kind} ${theirs.path.join("/")}`;
  const all = [
    ...(theirs.kind === "rest" ? [] : compareCors(ours.cors, theirs.policy)),
    ...(theirs.kind === "functionUrl" ? [] : compareRoutes(ours, theirs)),
    ...compareGatewayResponses(ours, theirs),
    ...compareDoors(ours.behaviors, theirs.doors),
    ...(theirs.binaryMediaTypes && ours.binaryMediaTypes
      ? [
          judgement(
            "binaryMediaTypes",
            compareList(ours.binaryMediaTypes.value, theirs.binaryMediaTypes, true),
            ours.binaryMediaTypes.value,
            theirs.binaryMediaTypes,
          ),
        ]
      : []),
    ...(theirs.authType !== undefined && ours.authType
      ? [
          judgement(
            "authType",
            compareValue(ours.authType, theirs.authType),
            ours.authType,
            theirs.authType,
          ),
        ]
      : []),
  ];
  return all.map((entry) => ({ ...entry, field: `${name}: ${entry.field}` }));
}

function compareCors(ours: ApiCors, theirs: TemplatePolicy | undefined): readonly Judgement[] {
  switch (ours.kind) {
    case "unknown":
      return theirs
        ? comparePolicy([], theirs)
        : [judgement("cors", "unknown", ours, theirs, true)];
    case "none":
      return [judgement("cors", theirs ? "contradictory" : "equal", ours, theirs, true)];
    case "policy": {
      if (theirs) return comparePolicy(ours.of, theirs);
      const optional = ours.of.every((policy) => policy.conditional);
      return [judgement("cors", optional ? "oneOf" : "contradictory", ours, theirs, true)];
    }
  }
}

/** Routes by method and path; the generated preflights of REST resources with their policies. */
function compareRoutes(ours: Api, theirs: TemplateApi): readonly Judgement[] {
  const left = new Set(ours.routes);
  const found = theirs.routes.map((route) => {
    const match =
      [...left].find((own) => fits(own, route) === "equal") ??
      [...left].find((own) => fits(own, route) === "oneOf");
    if (match && constantOf(match.method) !== undefined) left.delete(match);
    return { route, match };
  });
  const complete = ours.routesComplete && ours.routes.every((route) => isSettled(route));
  return [
    ...found.flatMap(({ route, match }) =>
      match
        ? compareRoute(ours, match, route)
        : [
            judgement(
              `${route.method} ${route.path}`,
              complete ? "contradictory" : "unknown",
              undefined,
              route.path,
            ),
            ...(route.preflight ? comparePreflight(complete, route.preflight, ours) : []),
          ],
    ),
    ...[...left]
      .filter((route) => !route.conditional && isSettled(route) && !theirs.document)
      .map((route) => judgement(`${named(route)}`, "contradictory", named(route), undefined)),
  ];
}

/** The fields of a preflight whose route was not seen. */
function comparePreflight(
  complete: boolean,
  theirs: TemplatePolicy,
  ours: Api,
): readonly Judgement[] {
  if (complete) return [judgement("preflight", "contradictory", ours.cors, theirs, true)];
  return comparePolicy([], theirs);
}

const named = (route: Route): string =>
  `${constantOf(route.method) ?? "?"} ${constantOf(route.path) ?? "?"}`;
const isSettled = (route: Route): boolean =>
  constantOf(route.method) !== undefined && constantOf(route.path) !== undefined;

function fits(ours: Route, theirs: TemplateRoute): Outcome {
  const method = either(
    branches(ours.method).map((branch) => {
      if (branch.kind !== "known") return "unknown";
      return branch.value.toUpperCase() === theirs.method ? "equal" : "contradictory";
    }),
  );
  const path = compareValue(ours.path, theirs.path);
  if (method === "contradictory" || path === "contradictory") return "contradictory";
  if (method === "unknown" || path === "unknown") return "unknown";
  return method === "equal" && path === "equal" ? "equal" : "oneOf";
}

function compareRoute(api: Api, ours: Route, theirs: TemplateRoute): readonly Judgement[] {
  const name = `${theirs.method} ${theirs.path}`;
  const authorized = ours.authorization.kind === "some";
  const entries = [
    judgement(
      `${name} authorization`,
      ours.authorization.kind === "unknown"
        ? "unknown"
        : authorized === theirs.authorized
          ? "equal"
          : "contradictory",
      ours.authorization,
      theirs.authorized,
    ),
    judgement(
      `${name} apiKeyRequired`,
      ours.apiKeyRequired
        ? compareValue(ours.apiKeyRequired, theirs.apiKeyRequired)
        : theirs.apiKeyRequired
          ? "contradictory"
          : "equal",
      ours.apiKeyRequired,
      theirs.apiKeyRequired,
    ),
    judgement(
      `${name} integration`,
      compareIntegration(ours, theirs),
      ours.integration.kind,
      theirs.integration,
    ),
    ...compareMapped(ours, theirs),
  ];
  if (!theirs.preflight) {
    return ours.preflight && theirs.method === "OPTIONS"
      ? [
          ...entries,
          judgement(`${name} preflight`, "contradictory", ours.preflight, undefined, true),
        ]
      : entries;
  }
  // A hand-written OPTIONS method has headers of its own and no policy.
  if (!ours.preflight) return entries;
  const others = ours.preflight.conditional && api.cors.kind === "policy" ? api.cors.of : [];
  return [...entries, ...comparePolicy([ours.preflight, ...others], theirs.preflight)];
}

const integrations: Readonly<Record<string, readonly Route["integration"]["kind"][]>> = {
  AWS_PROXY: ["lambda", "aws", "stepFunctions"],
  AWS: ["lambdaCustom", "aws", "stepFunctions"],
  MOCK: ["mock"],
  HTTP: ["http"],
  HTTP_PROXY: ["http"],
};

function compareIntegration(ours: Route, theirs: TemplateRoute): Outcome {
  if (ours.integration.kind === "unknown") return "unknown";
  return integrations[theirs.integration]?.includes(ours.integration.kind)
    ? "equal"
    : "contradictory";
}

/** Headers of the integration responses, which are CORS headers where a resource answers OPTIONS by hand. */
function compareMapped(ours: Route, theirs: TemplateRoute): readonly Judgement[] {
  if (ours.generated || !ours.integration.responses) return [];
  const own = ours.integration.responses.filter((response) => response.of === "integration");
  return own.flatMap((response) => {
    const headers = theirs.mapped.get(response.statusCode);
    return compareHeaders(
      `${theirs.method} ${theirs.path} ${response.statusCode}`,
      response.headers,
      response.complete,
      headers,
    );
  });
}

type Headers = GatewayResponse["headers"];

function compareHeaders(
  name: string,
  ours: Headers,
  complete: boolean,
  theirs: ReadonlyMap<string, Text> | undefined,
): readonly Judgement[] {
  if (!theirs) return [judgement(name, "contradictory", ours, undefined)];
  const names = new Set(ours.map((header) => header.name.toLowerCase()));
  return [
    ...ours.map((header) =>
      theirs.has(header.name.toLowerCase())
        ? judgement(
            `${name} ${header.name}`,
            compareValue(header.value, theirs.get(header.name.toLowerCase())),
            header.value,
            theirs.get(header.name.toLowerCase()),
          )
        : judgement(`${name} ${header.name}`, "contradictory", header.value, undefined),
    ),
    ...[...theirs]
      .filter(([header]) => !names.has(header))
      .map(([header, value]) =>
        judgement(`${name} ${header}`, complete ? "contradictory" : "unknown", undefined, value),
      ),
  ];
}

function compareGatewayResponses(ours: Api, theirs: TemplateApi): readonly Judgement[] {
  const types = new Set(ours.gatewayResponses.map((response) => constantOf(response.type)));
  const open = !ours.gatewayResponsesComplete || types.has(undefined);
  return [
    ...ours.gatewayResponses.flatMap((response) => {
      const type = constantOf(response.type);
      if (type === undefined)
        return [judgement("gateway response", "unknown", response.type, undefined)];
      return compareHeaders(
        type,
        response.headers,
        response.complete,
        theirs.gatewayResponses.get(type),
      );
    }),
    ...[...theirs.gatewayResponses.keys()]
      .filter((type) => !types.has(type))
      .map((type) => judgement(type, open ? "unknown" : "contradictory", undefined, type)),
  ];
}

function compareDoors(
  ours: readonly CloudFrontBehavior[],
  theirs: readonly TemplateDoor[],
): readonly Judgement[] {
  const left = new Set(ours);
  const found = theirs.map((door) => {
    const fit = (own: CloudFrontBehavior): boolean =>
      own.pathPattern
        ? compareValue(own.pathPattern, door.pathPattern) !== "contradictory"
        : door.pathPattern === undefined;
    const match = [...left].find(fit);
    if (match) left.delete(match);
    return { door, match };
  });
  return [
    ...found.flatMap(({ door, match }) =>
      match
        ? compareDoor(match, door)
        : [judgement(`door ${door.pathPattern ?? "*"}`, "unknown", undefined, door)],
    ),
    ...[...left].map((door) => judgement("door", "contradictory", door, undefined)),
  ];
}

function compareDoor(ours: CloudFrontBehavior, theirs: TemplateDoor): readonly Judgement[] {
  const name = `door ${theirs.pathPattern ?? "*"}`;
  const policies: readonly CorsPolicy[] = ours.responseHeadersPolicy
    ? [ours.responseHeadersPolicy]
    : [];
  return [
    judgement(
      `${name} allowedMethods`,
      compareList(ours.allowedMethods, theirs.allowedMethods, false),
      ours.allowedMethods,
      theirs.allowedMethods,
    ),
    judgement(
      `${name} forwardsOrigin`,
      compareValue(ours.forwardsOrigin, theirs.forwardsOrigin),
      ours.forwardsOrigin,
      theirs.forwardsOrigin,
    ),
    judgement(
      `${name} originInCacheKey`,
      compareValue(ours.originInCacheKey, theirs.originInCacheKey),
      ours.originInCacheKey,
      theirs.originInCacheKey,
    ),
    judgement(
      `${name} servesPages`,
      ours.servesPages === theirs.servesPages ? "equal" : "contradictory",
      ours.servesPages,
      theirs.servesPages,
    ),
    ...(theirs.headersPolicy
      ? comparePolicy(policies, theirs.headersPolicy)
      : policies.length > 0
        ? [judgement(`${name} headers policy`, "contradictory", policies, undefined)]
        : []),
  ];
}
