/** Resources and methods of REST APIs: what each call adds to the tree. */
import type { ExternValue, AbstractValue } from "../../interpreter/core/values";
import type { Value } from "../../model/model";
import {
  argument,
  callProps,
  classOf,
  externOf,
  isBoolean,
  isString,
  methodCall,
  toProps,
  toValue,
} from "../library-value";
import type { Props } from "../library-value";
import { mayBeMissing } from "./program";
import { inheritedOptions, noOptions } from "./rest-methods";
import type { MethodOptions } from "./rest-methods";
import { addedPreflight, defaultPreflight, ignoredDefault, isNothing } from "./rest-preflight";
import { addMethodNamed, addPreflight } from "./rest-routes";
import type { Grower } from "./rest-routes";
import { bareNode, joinPath, originOf, textOf, unnamed } from "./rest-tree";
import type { Origin, RestNode } from "./rest-tree";

const restModule = /^cdk\.aws_apigateway\.(\w+)(?:\.(\w+))?$/;

/** Follows one call of the program; calls that are about something else change nothing. */
export function grow(grower: Grower, call: ExternValue): void {
  const [, cls, member] = restModule.exec(classOf(call) ?? "") ?? [];
  if (cls === "Resource" && member === "fromResourceAttributes")
    return importResource(grower, call);
  if (cls !== undefined && member === undefined && growConstructed(grower, cls, call)) return;
  const method = methodCall(call);
  const node = method && grower.forest.nodeOf(method.on);
  if (method && node) growByMethod(grower, node, method.name, call);
}

/** `new Resource(…)`, `new ProxyResource(…)`, `new Method(…)` */
function growConstructed(grower: Grower, cls: string, call: ExternValue): boolean {
  if (cls !== "Resource" && cls !== "ProxyResource" && cls !== "Method") return false;
  const props = callProps(call, 2);
  const owner = grower.forest.nodeOf(
    externOf(props.slots.get(cls === "Method" ? "resource" : "parent")?.value),
  );
  if (!owner) return true;
  if (cls === "Method") {
    const options = optionsOf(props.slots.get("options")?.value);
    const origin = unnamed(originOf(grower.reader, call, owner.tree));
    addMethod(
      grower,
      owner,
      props.slots.get("httpMethod")?.value,
      props.slots.get("integration")?.value,
      options,
      origin,
      call,
    );
  } else if (cls === "ProxyResource") addProxy(grower, owner, props, "ProxyResource", call);
  else
    grower.forest.note(
      call,
      addResource(grower, owner, partOf(props.slots.get("pathPart")?.value, call), props, call),
    );
  return true;
}

function growByMethod(grower: Grower, node: RestNode, name: string, call: ExternValue): void {
  switch (name) {
    case "addResource":
      grower.forest.note(
        call,
        addResource(
          grower,
          node,
          partOf(argument(call, 0, "pathPart"), call),
          callProps(call, 1),
          call,
        ),
      );
      break;
    case "addProxy":
      addProxy(grower, node, callProps(call, 0), "addProxy", call);
      break;
    case "resourceForPath":
      grower.forest.note(
        call,
        resourceForPath(grower, node, partOf(argument(call, 0, "path"), call), call),
      );
      break;
    case "getResource": {
      const part = textOf(partOf(argument(call, 0, "pathPart"), call));
      const found = part === undefined ? undefined : node.children.get(part);
      if (found) grower.forest.note(call, found);
      break;
    }
    case "addMethod": {
      const integration = argument(call, 1, "integration") ?? argument(call, 1, "target");
      addMethod(
        grower,
        node,
        argument(call, 0, "httpMethod"),
        integration,
        callProps(call, 2),
        originOf(grower.reader, call, node.tree),
        call,
      );
      break;
    }
    case "addCorsPreflight": {
      const preflight = addedPreflight(grower.policies, call);
      node.tree.preflights.push(preflight);
      addPreflight(grower, node, preflight, originOf(grower.reader, call, node.tree));
      break;
    }
  }
}

function partOf(val: AbstractValue | undefined, call: ExternValue): Value<string> {
  return val
    ? toValue(val, isString)
    : { kind: "unknown", because: "the path cannot be seen", at: call.at };
}

function optionsOf(val: AbstractValue | undefined): MethodOptions {
  if (!val || isNothing(val)) return noOptions;
  return toProps(val) ?? { slots: new Map(), open: "options that cannot be seen" };
}

/** A child of a resource, with its OPTIONS method where a default asks for it. */
export function addResource(
  grower: Grower,
  parent: RestNode,
  part: Value<string>,
  props: Props,
  call: ExternValue,
  mirrors = false,
): RestNode {
  const own = mirrors ? undefined : defaultPreflight(grower.policies, call, props);
  const integration = props.slots.get("defaultIntegration")?.value;
  const node: RestNode = {
    tree: parent.tree,
    parent,
    path: joinPath(parent.path, part),
    integration: integration && !isNothing(integration) ? integration : parent.integration,
    methods: inheritedOptions(props, parent.methods),
    cors: own ?? parent.cors,
    children: new Map(),
    verbs: new Set(),
    mirrors: mirrors && textOf(parent.path) === "/",
    conditional:
      parent.conditional ||
      mayBeMissing(grower.reader.calls, call, methodCall(call)?.on ?? parent.tree.api),
  };
  const text = textOf(part);
  if (text !== undefined) parent.children.set(text, node);
  if (own) parent.tree.preflights.push(own);
  addPreflight(grower, node, node.cors, { at: call.at });
  return node;
}

function resourceForPath(
  grower: Grower,
  from: RestNode,
  path: Value<string>,
  call: ExternValue,
): RestNode {
  const empty: Props = { slots: new Map(), at: call.at };
  if (path.kind !== "known") return addResource(grower, from, path, empty, call);
  let node = from;
  for (const value of path.value.split("/").filter((part) => part !== "")) {
    node =
      node.children.get(value) ??
      addResource(grower, node, { kind: "known", value, at: path.at }, empty, call);
  }
  return node;
}

/** `{proxy+}` and, unless told otherwise, its ANY method. */
export function addProxy(
  grower: Grower,
  parent: RestNode,
  props: Props,
  on: string,
  call: ExternValue,
): RestNode {
  parent.tree.ignored.push(...ignoredDefault(props, on, call, parent.cors));
  const part: Value<string> = { kind: "known", value: "{proxy+}", at: call.at };
  const node = addResource(grower, parent, part, props, call, true);
  grower.forest.note(call, node);
  const slot = props.slots.get("anyMethod");
  const any = slot && !isNothing(slot.value) ? toValue(slot.value, isBoolean) : undefined;
  if (any?.kind === "known" && !any.value) return node;
  const places = unnamed(originOf(grower.reader, call, node.tree));
  const uncertain = any !== undefined && any.kind !== "known" ? { conditional: true as const } : {};
  addMethodNamed(
    grower,
    node,
    { kind: "known", value: "ANY", at: call.at },
    undefined,
    noOptions,
    { ...places, ...uncertain },
    call,
  );
  return node;
}

function addMethod(
  grower: Grower,
  node: RestNode,
  verb: AbstractValue | undefined,
  integration: AbstractValue | undefined,
  options: MethodOptions,
  origin: Origin,
  call: ExternValue,
): void {
  const method: Value<string> = verb
    ? upperCase(toValue(verb, isString))
    : { kind: "unknown", because: "the method cannot be seen", at: call.at };
  const place = verb ? { methods: verb.at } : {};
  addMethodNamed(grower, node, method, integration, options, { ...origin, ...place }, call);
}

/** CDK makes methods upper case. */
function upperCase(value: Value<string>): Value<string> {
  if (value.kind === "oneOf") return { ...value, of: value.of.map(upperCase) };
  return value.kind === "known" ? { ...value, value: value.value.toUpperCase() } : value;
}

/** `Resource.fromResourceAttributes(this, id, { restApi, resourceId, path })`: inherits nothing. */
function importResource({ forest, reader }: Grower, call: ExternValue): void {
  const props = callProps(call, 2);
  const api = externOf(props.slots.get("restApi")?.value);
  const tree = api && forest.trees.get(api);
  if (!tree) return;
  const path = partOf(props.slots.get("path")?.value, call);
  tree.incomplete = true;
  forest.note(call, bareNode(tree, path, mayBeMissing(reader.calls, call, api)));
}
