/** Edits of maps: options of a policy, whole blocks, gateway responses. */
import { lineStart } from "../../write-common/source";
import type { Edit, NewPolicy } from "../../../../../shared/src/model/edit";
import type { PolicyForm } from "../../../../../shared/src/model/model";
import type { Span } from "../../../../../shared/src/ir/span";
import { entryOf, scalarText, valueAt } from "../../../../../shared/src/ir/tree";
import { addEntries, setEntry } from "./entries";
import { replaceItems } from "./edit-lists";
import { likeBefore } from "./edit-scalars";
import { optionsOf, wordsFor } from "./policy-words";
import type { Writable } from "./render";
import {
  CannotWrite,
  childOf,
  entryAt,
  isFlow,
  need,
  needMap,
  nextLine,
  nodeAt,
  replace,
  type Placed,
  type Source,
} from "./source";

type EditOf<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

/** Removes an option with its line, or its comma. */
export function removeEntry(source: Source, at: Span): void {
  const placed = need(entryAt(source, at));
  const parent = need(placed.parent);
  const map = needMap(parent);
  const entry = need(placed.entry);
  const index = map.entries.indexOf(entry);
  if (map.entries.length < 2) throw new CannotWrite();
  if (isFlow(source, map)) {
    const [before, after] = [map.entries[index - 1], map.entries[index + 1]];
    const range = after
      ? { start: entry.at.start, end: after.at.start }
      : { start: before?.at.end ?? entry.at.start, end: entry.at.end };
    return replace(source, range, "", parent.path);
  }
  const start = lineStart(source.text, entry.at.start);
  if (source.text.slice(start, entry.at.start).trim() !== "") throw new CannotWrite();
  replace(source, { start, end: nextLine(source.text, entry.at.end) }, "", parent.path);
}

/** Adds options to the block of a policy, or replaces them. */
export function setPolicyFields(source: Source, edit: EditOf<"setPolicyFields">): void {
  const block = need(nodeAt(source, edit.block));
  const isService = entryOf(source.root, "functions") !== undefined;
  const words = wordsFor(edit.form, needMap(block), isService);
  const fresh: (readonly [string, Writable])[] = [];
  for (const [key, value] of optionsOf(words, edit.fields)) {
    const own = childOf(block, key);
    if (own) setOption(source, own, value);
    else fresh.push([key, value]);
  }
  if (fresh.length > 0) addEntries(source, block, fresh);
}

function setOption(source: Source, own: Placed, value: Writable): void {
  if (Array.isArray(value) && own.node.k === "list")
    return replaceItems(source, own, own.node, value as readonly string[]);
  if (typeof value === "string" && own.node.k === "scalar")
    return replace(source, own.node.at, likeBefore(source, own.node, value), own.path);
  if (own.node.k !== "scalar" || typeof value === "object") throw new CannotWrite();
  replace(source, own.node.at, String(value), own.path);
}

/** The option that holds the policy, by the type of the resource, and its form. */
const policyOption: Readonly<Record<string, readonly [option: string, form: PolicyForm]>> = {
  "AWS::Serverless::HttpApi": ["CorsConfiguration", "cfnApi"],
  "AWS::ApiGatewayV2::Api": ["CorsConfiguration", "cfnApi"],
  "AWS::Serverless::Api": ["Cors", "samApi"],
  "AWS::Lambda::Url": ["Cors", "functionUrl"],
};

function globalBlock(section: "Api" | "HttpApi", policy: NewPolicy): readonly [string, Writable] {
  return section === "Api"
    ? blockOf("Cors", policy, "samApi")
    : blockOf("CorsConfiguration", policy, "cfnApi");
}

/** Inserts the whole block into the resource, or into what `Globals` say of the APIs that SAM makes. */
export function addPolicy(source: Source, { call, policy }: EditOf<"addPolicy">): void {
  const placed = need(entryAt(source, call));
  const type = scalarText(valueAt(placed.node, "Type")) ?? "";
  if (type === "Api" || type === "HttpApi") return addGlobals(source, type, policy);
  const section = placed.entry?.key;
  if (placed.path.startsWith("/Globals/") && (section === "Api" || section === "HttpApi"))
    return addEntries(source, placed, [globalBlock(section, policy)]);
  if (type === "AWS::Serverless::Function") {
    const config = need(childOf(need(childOf(placed, "Properties")), "FunctionUrlConfig"));
    return addEntries(source, config, [blockOf("Cors", policy, "functionUrl")]);
  }
  if (type === "AWS::S3::Bucket") {
    const rules = { items: [{ of: optionsOf(wordsFor("bucket"), policy) }] };
    return addProperty(source, placed, ["CorsConfiguration", { of: [["CorsRules", rules]] }]);
  }
  const [option, form] = need(policyOption[type]);
  addProperty(source, placed, blockOf(option, policy, form));
}

function blockOf(option: string, policy: NewPolicy, form: PolicyForm): readonly [string, Writable] {
  const words = wordsFor(form);
  return [option, { of: optionsOf(words, policy) }];
}

function addProperty(
  source: Source,
  resource: Placed,
  property: readonly [string, Writable],
): void {
  const props = childOf(resource, "Properties");
  if (props) return addEntries(source, props, [property]);
  addEntries(source, resource, [["Properties", { of: [property] }]]);
}

/** An event of an API that SAM makes: it has no resource of its own to write to. */
function addGlobals(source: Source, kind: "Api" | "HttpApi", policy: NewPolicy): void {
  const root: Placed = { node: source.root, path: "/" };
  const block = globalBlock(kind, policy);
  const globals = childOf(root, "Globals");
  if (globals) return addEntries(source, globals, [[kind, { of: [block] }]]);
  const before = need(entryOf(source.root, "Resources"));
  setEntry(source, root, ["Globals", { of: [[kind, { of: [block] }]] }], before);
}

/** SAM has an option for them; elsewhere each is a resource. */
export function addGatewayResponses(source: Source, edit: EditOf<"addGatewayResponses">): void {
  const placed = need(entryAt(source, edit.statement));
  const type = scalarText(valueAt(placed.node, "Type")) ?? "";
  const isGlobal = placed.path === "/Globals/Api/";
  if (type === "AWS::Serverless::Api" || isGlobal) {
    const props = isGlobal ? placed : (childOf(placed, "Properties") ?? placed);
    const own = isGlobal || props !== placed ? childOf(props, "GatewayResponses") : undefined;
    const responses = edit.types.map((name): readonly [string, Writable] => [
      name,
      { of: [["ResponseParameters", { of: [["Headers", { of: headersOf(edit.headers, "") }]] }]] },
    ]);
    if (own && edit.types.some((name) => childOf(own, name))) throw new CannotWrite();
    if (own) return addEntries(source, own, responses);
    if (isGlobal) return addEntries(source, props, [["GatewayResponses", { of: responses }]]);
    return addProperty(source, placed, ["GatewayResponses", { of: responses }]);
  }
  if (type !== "AWS::ApiGateway::RestApi") throw new CannotWrite();
  addResponseResources(source, placed, edit);
}

function headersOf(
  headers: EditOf<"addGatewayResponses">["headers"],
  prefix: string,
): readonly (readonly [string, Writable])[] {
  return headers.map(({ name, value }) => [prefix + name, value]);
}

function addResponseResources(
  source: Source,
  api: Placed,
  edit: EditOf<"addGatewayResponses">,
): void {
  const resources = need(api.parent);
  const added = edit.types.map((name): readonly [string, Writable] => [
    `${edit.api}${name === "DEFAULT_4XX" ? "Default4xx" : "Default5xx"}`,
    {
      of: [
        ["Type", "AWS::ApiGateway::GatewayResponse"],
        [
          "Properties",
          {
            of: [
              ["RestApiId", { ref: edit.api }],
              ["ResponseType", name],
              ["ResponseParameters", { of: headersOf(edit.headers, "gatewayresponse.header.") }],
            ],
          },
        ],
      ],
    },
  ]);
  if (added.some(([id]) => childOf(resources, id))) throw new CannotWrite();
  addEntries(source, resources, added, need(api.entry));
}

/** Lets everybody call: the preflights of a SAM API (`call` is its `Auth`), an OPTIONS method, event or operation. */
export function setMethodOpen(source: Source, call: Span): void {
  const placed = need(entryAt(source, call));
  const type = scalarText(valueAt(placed.node, "Type"));
  if (placed.entry?.key === "Auth") return openPreflights(source, placed);
  if (type === "AWS::ApiGateway::Method") {
    const props = need(childOf(placed, "Properties"));
    setOrAdd(source, props, "AuthorizationType", "NONE");
    if (childOf(props, "ApiKeyRequired")) setOrAdd(source, props, "ApiKeyRequired", false);
    const authorizer = childOf(props, "AuthorizerId");
    if (authorizer?.entry) removeEntry(source, authorizer.entry.at);
    return;
  }
  if (type !== "Api" && type !== "HttpApi") throw new CannotWrite();
  const props = need(childOf(placed, "Properties"));
  const auth = childOf(props, "Auth");
  if (!auth) return addEntries(source, props, [["Auth", { of: [["Authorizer", "NONE"]] }]]);
  setOrAdd(source, auth, "Authorizer", "NONE");
}

function openPreflights(source: Source, auth: Placed): void {
  if (childOf(auth, "DefaultAuthorizer"))
    setOrAdd(source, auth, "AddDefaultAuthorizerToCorsPreflight", false);
  if (childOf(auth, "ApiKeyRequired"))
    setOrAdd(source, auth, "AddApiKeyRequiredToCorsPreflight", false);
}

function setOrAdd(source: Source, map: Placed, key: string, value: string | boolean): void {
  const own = childOf(map, key);
  if (own) setOption(source, own, value);
  else addEntries(source, map, [[key, value]]);
}

const behaviors: Readonly<Record<string, Writable>> = {
  ALLOW_ALL: ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
  CACHING_DISABLED: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  ALL_VIEWER_EXCEPT_HOST_HEADER: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
};
const behaviorOptions = {
  allowedMethods: "AllowedMethods",
  cachePolicy: "CachePolicyId",
  originRequestPolicy: "OriginRequestPolicyId",
} as const;

/** Sets an option of a CloudFront behaviour; old behaviours forward values and take no policies. */
export function setBehavior(
  source: Source,
  { block, option, member }: EditOf<"setBehavior">,
): void {
  const placed = need(nodeAt(source, block));
  const value = need(behaviors[member]);
  if (option !== "allowedMethods" && childOf(placed, "ForwardedValues")) throw new CannotWrite();
  const own = childOf(placed, behaviorOptions[option]);
  if (own) setOption(source, own, value);
  else addEntries(source, placed, [[behaviorOptions[option], value]]);
}
