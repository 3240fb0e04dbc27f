/** Methods of REST APIs, written and generated, as routes. */
import type { ExternValue, AbstractValue } from "../../interpreter/core/values";
import type { Authorization, Route, Value } from "../../model/model";
import { argument, methodCall } from "../library-value";
import type { Reader } from "./reader";
import { handlerIntegration, restIntegration } from "./rest-integrations";
import type { IntegrationReading } from "./rest-integrations";
import { apiKeyOf, authorizationOf, noOptions, optionOf } from "./rest-methods";
import type { MethodOptions } from "./rest-methods";
import { isNothing } from "./rest-preflight";
import type { PolicyCache, Preflight } from "./rest-preflight";
import { textOf } from "./rest-tree";
import type { Forest, Origin, RestNode } from "./rest-tree";

export interface Grower {
  readonly reader: Reader;
  readonly forest: Forest;
  readonly policies: PolicyCache;
  /** CDK before 2.46 gives its OPTIONS methods what `defaultMethodOptions` say. */
  readonly optionsInherit: boolean;
}

/** A method, and on a proxy below the root its copy at the root. */
export function addMethodNamed(
  grower: Grower,
  node: RestNode,
  method: Value<string>,
  integration: AbstractValue | undefined,
  options: MethodOptions,
  origin: Origin,
  call: ExternValue,
): void {
  const { parent } = node;
  const verb = textOf(method);
  if (node.mirrors && parent && (verb === undefined || !parent.verbs.has(verb))) {
    addMethodNamed(grower, parent, method, integration, options, origin, call);
  }
  if (verb !== undefined) node.verbs.add(verb);
  const { reader } = grower;
  const isOverridden =
    reader.overridden(call, "AuthorizationType") ?? reader.overridden(call, "ApiKeyRequired");
  const route: Route = {
    method,
    path: node.path,
    ...origin,
    authorization:
      isOverridden === undefined
        ? authorizationOf(options, node.methods)
        : { kind: "unknown", because: isOverridden },
    ...(isOverridden === undefined ? apiKeyOf(options, node.methods) : {}),
    ...readIntegration(reader, node, integration, options, call),
    ...(node.conditional ? { conditional: true } : {}),
  };
  node.tree.routes.push({ node, route });
}

function readIntegration(
  reader: Reader,
  node: RestNode,
  own: AbstractValue | undefined,
  options: MethodOptions,
  call: ExternValue,
): IntegrationReading {
  const given = own && !isNothing(own) ? own : node.integration;
  const methodResponses = optionOf("methodResponses", options, node.methods);
  if (given === undefined && node.tree.handlerProps) {
    return handlerIntegration(reader, node.tree.handlerProps, methodResponses);
  }
  const added = (reader.calls.on.get(call) ?? [])
    .filter((later) => methodCall(later)?.name === "addMethodResponse")
    .flatMap((later) => argument(later, 0, "methodResponse") ?? later);
  const reading = restIntegration(reader, given, methodResponses, added);
  const isSeen = methodResponses !== undefined || (options.open ?? node.methods.open) === undefined;
  if (isSeen || reading.integration.responsesComplete !== true) return reading;
  return { ...reading, integration: { ...reading.integration, responsesComplete: false } };
}

/** The OPTIONS method that CDK makes from a policy; where the policy cannot be seen, one that may be there. */
export function addPreflight(
  grower: Grower,
  node: RestNode,
  preflight: Preflight,
  origin: Origin,
): void {
  if (preflight.kind === "none") return;
  if (node.mirrors && node.parent && !node.parent.verbs.has("OPTIONS")) {
    addPreflight(grower, node.parent, preflight, origin);
  }
  node.verbs.add("OPTIONS");
  if (preflight.kind === "unknown")
    return void node.tree.routes.push({ node, route: generated(grower, node, origin, true) });
  for (const policy of preflight.of) {
    const route = generated(grower, node, origin, policy.conditional === true);
    node.tree.routes.push({ node, route: { ...route, preflight: policy }, policy });
  }
}

function generated(grower: Grower, node: RestNode, origin: Origin, conditional: boolean): Route {
  return {
    method: { kind: "known", value: "OPTIONS", at: origin.at },
    path: node.path,
    ...origin,
    authorization: { kind: "none" },
    ...(grower.optionsInherit ? inheritedGuard(node) : {}),
    integration: { kind: "mock" },
    handlers: [],
    generated: true,
    ...(conditional || node.conditional ? { conditional: true } : {}),
  };
}

/** Before 2.46; an application that goes through `api.methods` probably repairs them itself. */
function inheritedGuard(node: RestNode): Pick<Route, "authorization" | "apiKeyRequired"> {
  if (node.tree.api.members.has("methods")) {
    const repaired: Authorization = {
      kind: "unknown",
      because: "the application goes through the API's methods",
    };
    return { authorization: repaired };
  }
  return {
    authorization: authorizationOf(noOptions, node.methods),
    ...apiKeyOf(noOptions, node.methods),
  };
}
