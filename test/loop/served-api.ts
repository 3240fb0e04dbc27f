/** The model's `Api`, made of what a template says: what the gateway's functions are given here is not our reading of code. */
import type {
  Api,
  Authorization,
  CorsPolicy,
  CloudFrontBehavior,
  Integration,
  PolicyForm,
  Route,
  Strings,
  Value,
} from "../../shared/src/model/model";
import type {
  TemplateApi,
  TemplateDoor,
  TemplatePolicy,
  TemplateRoute,
  Text,
} from "../synth/template";

/** Nothing of a template has a place in the code. */
const nowhere = { file: "template.json", start: 0, end: 0 };

const known = <T>(value: T): Value<T> => ({ kind: "known", value, at: nowhere });

const decidedLater = <T>(): Value<T> => ({
  kind: "unknown",
  because: "only the deployment decides it",
  at: nowhere,
});

const textValue = (text: Text): Value<string> =>
  text === undefined ? decidedLater() : known(text);

const textList = (texts: readonly Text[]): Strings => known(texts.map(textValue));

const field = <T>(value: T): { name: typeof nowhere; entry: typeof nowhere; value: T } => ({
  name: nowhere,
  entry: nowhere,
  value,
});

/** The API as the service has it after the deployment. The handlers of its routes are logical ids of functions. */
export function servedApi(template: TemplateApi): Api {
  const { kind, policy } = template;
  return {
    id: template.path.join("/"),
    kind,
    construct: kind,
    name: template.path.at(-1) ?? "",
    language: "typescript",
    at: nowhere,
    call: nowhere,
    cors: policy
      ? { kind: "policy", of: [corsPolicy(policy, kind === "http" ? "httpApi" : "functionUrl")] }
      : { kind: "none" },
    routes: kind === "functionUrl" ? [urlRoute(template)] : template.routes.map(servedRoute),
    routesComplete: !template.document,
    gatewayResponses: [...template.gatewayResponses].map(([type, headers]) => ({
      type: known(type),
      headers: [...headers].map(([name, value]) => ({
        name,
        value: textValue(value),
        at: nowhere,
      })),
      complete: true,
      at: nowhere,
    })),
    gatewayResponsesComplete: !template.document,
    behaviors: template.doors.map(frontDoor),
    ...(template.binaryMediaTypes
      ? { binaryMediaTypes: field(textList(template.binaryMediaTypes)) }
      : {}),
    ...(template.authType === undefined ? {} : { authType: known(template.authType) }),
    ignoredOptions: [],
  };
}

function servedRoute(route: TemplateRoute): Route {
  const { functionId } = route;
  return {
    method: known(route.method),
    path: known(route.path),
    at: nowhere,
    authorization: authorization(route),
    apiKeyRequired: known(route.apiKeyRequired),
    integration: integration(route),
    handlers: functionId === undefined ? [] : [functionId],
    ...(route.preflight
      ? { generated: true, preflight: corsPolicy(route.preflight, "restDefault") }
      : {}),
  };
}

function urlRoute({ functionId }: TemplateApi): Route {
  return {
    method: known("ANY"),
    path: known("$default"),
    at: nowhere,
    authorization: { kind: "none" },
    integration: { kind: "lambda", payload: "2.0" },
    handlers: functionId === undefined ? [] : [functionId],
  };
}

/** Every authorizer of the stacks here looks where AWS looks when it is told nothing else. */
function authorization({ authorized, authorizationType = "CUSTOM" }: TemplateRoute): Authorization {
  if (!authorized) return { kind: "none" };
  const type = authorizationType === "AWS_IAM" ? "iam" : authorizationType.toLowerCase();
  return { kind: "some", type, headers: ["authorization"], at: nowhere };
}

function integration({
  integration: type,
  mapped,
  functionId,
  payload,
}: TemplateRoute): Integration {
  const responses = [...mapped].map(([statusCode, headers]) => ({
    statusCode,
    of: "integration" as const,
    headers: [...headers].map(([name, value]) => ({ name, value: textValue(value), at: nowhere })),
    complete: true,
    at: nowhere,
  }));
  if (type === "AWS_PROXY" && functionId !== undefined)
    return { kind: "lambda", payload: payload === "2.0" ? "2.0" : "1.0" };
  if (type === "AWS" && functionId !== undefined)
    return { kind: "lambdaCustom", responses, responsesComplete: true };
  if (type === "MOCK") return { kind: "mock", responses, responsesComplete: true };
  return { kind: "unknown", responses, responsesComplete: true };
}

function corsPolicy(policy: TemplatePolicy, form: PolicyForm): CorsPolicy {
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders } = policy;
  const { allowCredentials, maxAge, statusCode, originOverride } = policy;
  return {
    form,
    language: "typescript",
    at: nowhere,
    // A template holds CDK's defaults; what it leaves out is left out by the service as well.
    allowOrigins: field(textList(allowOrigins ?? [])),
    allowMethods: field(textList(allowMethods ?? [])),
    allowHeaders: field(textList(allowHeaders ?? [])),
    exposeHeaders: field(textList(exposeHeaders ?? [])),
    allowCredentials: field(known(allowCredentials ?? false)),
    ...(maxAge === undefined ? {} : { maxAge: field(known(maxAge)) }),
    ...(statusCode === undefined ? {} : { statusCode: field(known(statusCode)) }),
    ...(originOverride === undefined ? {} : { originOverride: field(known(originOverride)) }),
    ignored: [],
    complete: true,
  };
}

function frontDoor(door: TemplateDoor): CloudFrontBehavior {
  return {
    at: nowhere,
    ...(door.pathPattern === undefined ? {} : { pathPattern: known(door.pathPattern) }),
    allowedMethods: textList(door.allowedMethods),
    forwardsOrigin: known(door.forwardsOrigin),
    originInCacheKey: known(door.originInCacheKey),
    ...(door.headersPolicy
      ? { responseHeadersPolicy: corsPolicy(door.headersPolicy, "responseHeadersPolicy") }
      : {}),
    servesPages: door.servesPages,
  };
}
