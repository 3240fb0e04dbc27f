/** REST APIs: `RestApi`, `LambdaRestApi`, `StepFunctionsRestApi`, `SpecRestApi`, imported ones, and subclasses of them. */
import { alternatives } from "../../interpreter/core/values";
import type { ExternValue, AbstractValue } from "../../interpreter/core/values";
import type { Api, ApiCors, IgnoredOption, Route } from "../../model/model";
import { sameSpan } from "../../ir/span";
import {
  callProps,
  classOf,
  enumText,
  externOf,
  isBoolean,
  toProps,
  toStrings,
  toValue,
} from "../library-value";
import type { Props } from "../library-value";
import { readGatewayResponses } from "./gateway-responses";
import { withDocument } from "./open-api";
import type { GatewayResponses } from "./gateway-responses";
import { apiBase, packagedBase } from "./reader";
import type { Reader } from "./reader";
import { authorizationOf, inheritedOptions, noOptions } from "./rest-methods";
import { defaultPreflight, ignoredDefault, isNothing, noPreflight } from "./rest-preflight";
import type { Preflight } from "./rest-preflight";
import { addProxy, grow } from "./rest-resources";
import { addMethodNamed, addPreflight } from "./rest-routes";
import type { Grower } from "./rest-routes";
import { bareNode, Forest } from "./rest-tree";
import type { RestNode, RestTree } from "./rest-tree";
import { apiOfSolution, isBehindCloudFront, isSolution, solutionApiProps } from "./solutions";

const restApi = /^cdk\.aws_apigateway\.(RestApi|LambdaRestApi|StepFunctionsRestApi|SpecRestApi)$/;
const importedApi = /^cdk\.aws_apigateway\.\w*RestApi\.fromRestApi(?:Id|Attributes)$/;

interface Planted {
  readonly tree: RestTree;
  readonly props: Props;
  /** The class, or `imported`. */
  readonly what: string;
  readonly cors: Preflight;
}

/** Reads every REST API of the program. */
export function readRestApis(reader: Reader): Api[] {
  const grower: Grower = {
    reader,
    forest: new Forest(),
    policies: new Map(),
    optionsInherit: isBefore246(reader.project.cdkVersion),
  };
  const planted: Planted[] = [];
  for (const call of reader.calls.all) {
    const cls = classOf(call) ?? "";
    const what = importedApi.test(cls)
      ? "imported"
      : isSolution(call)
        ? "LambdaRestApi"
        : restApi.exec(cls)?.[1];
    const original = reader.original(call);
    if (original !== call && grower.forest.trees.has(original)) graft(grower, call, original);
    else if (what === undefined) grow(grower, call);
    else planted.push(plant(grower, call, what));
  }
  const responses = readGatewayResponses(reader);
  return planted.map((each) => finish(reader, each, responses));
}

/** An import of an API of the same application: its root is the API's, but CDK hands no options on to what it adds there. */
function graft({ forest }: Grower, call: ExternValue, original: ExternValue): void {
  const tree = forest.trees.get(original);
  if (!tree) return;
  forest.graft(call, bareNode(tree, { kind: "known", value: "/", at: call.at }, false));
}

/** CDK's OPTIONS methods inherit authorizers up to 2.45; a range of versions says nothing. */
function isBefore246(version: string | undefined): boolean {
  const [, major, minor] = /^=*(\d+)\.(\d+)\b/.exec(version ?? "") ?? [];
  if (major === undefined || minor === undefined) return false;
  return Number(major) < 2 || (Number(major) === 2 && Number(minor) < 46);
}

function plant(grower: Grower, api: ExternValue, what: string): Planted {
  const props: Props =
    what === "imported"
      ? { slots: new Map(), at: api.at }
      : isSolution(api)
        ? solutionApiProps(api)
        : withOldOptions(callProps(api, 2));
  const ownsRoot = what !== "imported" && what !== "SpecRestApi";
  const cors =
    (ownsRoot ? defaultPreflight(grower.policies, api, props) : undefined) ?? noPreflight;
  const tree: RestTree = {
    api,
    routes: [],
    ignored: what === "SpecRestApi" ? ignoredDefault(props, what, api) : [],
    preflights: [],
    nodes: new Map(),
    handlerProps: what === "LambdaRestApi" ? props : undefined,
    incomplete: !ownsRoot || props.slots.has("cloneFrom"),
  };
  const integration = props.slots.get("defaultIntegration")?.value;
  const root: RestNode = {
    ...bareNode(tree, { kind: "known", value: "/", at: api.at }, false),
    integration: integration && !isNothing(integration) ? integration : undefined,
    methods: ownsRoot ? inheritedOptions(props, noOptions) : noOptions,
    cors,
  };
  grower.forest.plant(root);
  const inner = isSolution(api) ? apiOfSolution(api) : undefined;
  if (inner) grower.forest.graft(inner, root);
  addPreflight(grower, root, cors, { at: api.at });
  if (what === "LambdaRestApi") proxyAll(grower, root, props);
  if (what === "StepFunctionsRestApi") stateMachine(grower, root);
  return { tree, props, what, cors };
}

/** `LambdaRestApi({ handler, options: { … } })`, the form of version 1: what is given directly wins. */
function withOldOptions(props: Props): Props {
  const old = toProps(props.slots.get("options")?.value);
  return old ? { ...props, slots: new Map([...old.slots, ...props.slots]) } : props;
}

/** Unless `proxy` is false, everything goes to the function. */
function proxyAll(grower: Grower, root: RestNode, props: Props): void {
  const slot = props.slots.get("proxy");
  const given = slot && !isNothing(slot.value) ? toValue(slot.value, isBoolean) : undefined;
  const isUnsure = given
    ? given.kind !== "known" || slot?.maybe === true
    : props.open !== undefined;
  if (isUnsure) root.tree.incomplete = true;
  else if (given?.kind !== "known" || given.value) {
    addProxy(
      grower,
      root,
      { slots: new Map(), at: root.tree.api.at },
      "LambdaRestApi",
      root.tree.api,
    );
  }
}

function stateMachine(grower: Grower, root: RestNode): void {
  const { api } = root.tree;
  addMethodNamed(
    grower,
    root,
    { kind: "known", value: "ANY", at: api.at },
    undefined,
    noOptions,
    { at: api.at },
    api,
  );
  const last = root.tree.routes.pop();
  if (last)
    root.tree.routes.push({
      ...last,
      route: { ...last.route, integration: { kind: "stepFunctions", at: api.at }, handlers: [] },
    });
}

function finish(
  reader: Reader,
  { tree, props, what, cors }: Planted,
  responses: GatewayResponses,
): Api {
  const { api } = tree;
  const routes = finishedRoutes(tree);
  const inner = isSolution(api) ? apiOfSolution(api) : undefined;
  const isEscaped = [api, ...(inner ? [inner] : []), ...tree.nodes.keys(), ...rootOf(api)].some(
    (value) => reader.escaped(value) !== undefined,
  );
  const isOpen = tree.incomplete || isEscaped;
  const known = routes.every(
    (route) => route.method.kind !== "unknown" && route.path.kind !== "unknown",
  );
  const base = isSolution(api)
    ? packagedBase(reader, api, "rest")
    : apiBase(reader, api, "rest", props);
  const policy = behindDistribution(api, corsOf(tree, cors, what));
  const silent = notForBrowsers(props, policy, routes);
  const binary = props.slots.get("binaryMediaTypes");
  const found: Api = {
    ...base,
    construct: what === "imported" ? "RestApi" : base.construct,
    cors: policy,
    routes,
    routesComplete: !isOpen && known,
    gatewayResponses: responses.of.get(api) ?? [],
    gatewayResponsesComplete: !isOpen && !responses.astray,
    ignoredOptions: dedupe(tree.ignored),
    ...(binary
      ? {
          binaryMediaTypes: {
            name: binary.name,
            entry: binary.entry,
            value: toStrings(binary.value),
          },
        }
      : {}),
    ...(silent === undefined ? {} : { notForBrowsers: silent }),
    ...(what === "StepFunctionsRestApi" ? { stepFunctions: true } : {}),
  };
  return what === "SpecRestApi" ? withDocument(reader, api, props, found) : found;
}

function behindDistribution(api: ExternValue, cors: ApiCors): ApiCors {
  return cors.kind === "none" && isBehindCloudFront(api)
    ? { kind: "unknown", because: "the construct's distribution may serve its pages too" }
    : cors;
}

function rootOf(api: ExternValue): ExternValue[] {
  const root = externOf(api.members.get("root"));
  return root ? [root] : [];
}

/** Every policy that some resource follows; the API's own first. */
function corsOf(tree: RestTree, own: Preflight, what: string): ApiCors {
  if (what === "imported")
    return { kind: "unknown", because: "an imported API is configured elsewhere" };
  if (what === "SpecRestApi")
    return { kind: "unknown", because: "an OpenAPI document describes the API" };
  const all = [own, ...tree.preflights];
  const unseen = all.find((preflight) => preflight.kind === "unknown");
  if (unseen?.kind === "unknown") return { kind: "unknown", because: unseen.because };
  if (own.kind === "policies") return { kind: "policy", of: own.of };
  const ofResources = new Set(
    all.flatMap((preflight) => (preflight.kind === "policies" ? preflight.of : [])),
  );
  return ofResources.size > 0 ? { kind: "policy", of: [...ofResources] } : { kind: "none" };
}

/**
 * Routes with the preflight of their resource. One call that made several (a helper, a loop) names no resource: code
 * written behind it would run for all of them.
 */
function finishedRoutes(tree: RestTree): Route[] {
  return dedupeRoutes(tree).map(({ node, route }) => {
    const policies = tree.routes.flatMap((each) =>
      each.node === node && each.policy ? [each.policy] : [],
    );
    const [policy] = policies;
    const isShared = tree.routes.some(
      (each) =>
        each.route !== route &&
        each.route.call &&
        route.call &&
        sameSpan(each.route.call, route.call),
    );
    const { resource, statement, ...rest } = route;
    return {
      ...rest,
      ...(isShared || resource === undefined ? {} : { resource }),
      ...(isShared || statement === undefined ? {} : { statement }),
      ...(policy && policies.length === 1 ? { preflight: policy } : {}),
    };
  });
}

/** A call on either of two resources that are the same one is one method. */
function dedupeRoutes(tree: RestTree): RestTree["routes"] {
  const seen = new Set<string>();
  return tree.routes.filter(({ route, policy }) => {
    if (
      route.call === undefined ||
      route.path.kind !== "known" ||
      route.method.kind !== "known" ||
      policy
    )
      return true;
    const key = `${route.call.file}:${route.call.start} ${route.method.value} ${route.path.value}`;
    return !seen.has(key) && Boolean(seen.add(key));
  });
}

function dedupe(options: readonly IgnoredOption[]): IgnoredOption[] {
  return options.filter(
    (option, index) => options.findIndex((other) => sameSpan(other.at, option.at)) === index,
  );
}

/** Private endpoints, and APIs that only signed requests of other services call. */
function notForBrowsers(props: Props, cors: ApiCors, routes: readonly Route[]): string | undefined {
  if (isPrivate(props)) return "a private endpoint is reached from within a VPC only";
  const hasOptions = routes.some(
    ({ method }) => method.kind === "known" && method.value === "OPTIONS",
  );
  if (cors.kind !== "none" || hasOptions) return undefined;
  const usual = authorizationOf(noOptions, inheritedOptions(props, noOptions));
  const all = [
    ...routes.map((route) => route.authorization),
    ...(routes.length === 0 ? [usual] : []),
  ];
  const isSigned = all.every(
    (authorization) => authorization.kind === "some" && authorization.type === "iam",
  );
  return isSigned
    ? "every method asks for a signature of IAM, and nothing is said about CORS"
    : undefined;
}

/**
 * `endpointTypes: [EndpointType.PRIVATE]`, `endpointConfiguration: { types: [EndpointType.PRIVATE] }`. Also where a setting
 * decides: then pages may have no way to it.
 */
function isPrivate(props: Props): boolean {
  const given = (found: Props | undefined, name: string): readonly AbstractValue[] => {
    const value = found?.slots.get(name)?.value;
    return value ? alternatives(value) : [];
  };
  const configured = given(props, "endpointConfiguration").flatMap((one) =>
    given(toProps(one), "types"),
  );
  return [...given(props, "endpointTypes"), ...configured].some(
    (types) =>
      types.t === "array" &&
      types.items.some((item) => item.t === "extern" && enumText(item) === "PRIVATE"),
  );
}
