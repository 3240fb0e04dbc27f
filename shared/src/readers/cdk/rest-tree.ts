/** The resources of REST APIs as the program's calls make them, in order, with what each inherits from the one above. */
import type { ExternValue, AbstractValue } from "../../interpreter/core/values";
import type { CorsPolicy, IgnoredOption, Route, Value } from "../../model/model";
import type { Span } from "../../ir/span";
import { noOptions, type MethodOptions } from "./rest-methods";
import { noPreflight, type Preflight } from "./rest-preflight";
import { methodCall } from "../library-value";
import type { Props } from "../library-value";
import { conditionalMark } from "./reader";
import type { Reader } from "./reader";

/** One resource. Its options are those that its children inherit. */
export interface RestNode {
  readonly tree: RestTree;
  readonly parent?: RestNode;
  readonly path: Value<string>;
  readonly integration: AbstractValue | undefined;
  /** Of `LambdaRestApi`: methods without an integration lead to its function. */
  readonly methods: MethodOptions;
  readonly cors: Preflight;
  readonly children: Map<string, RestNode>;
  /** Methods that it has so far. */
  readonly verbs: Set<string>;
  /** `{proxy+}` below the root gives its methods to the root too. */
  readonly mirrors: boolean;
  readonly conditional: boolean;
}

/** A resource that hands nothing on, as an imported one. */
export function bareNode(tree: RestTree, path: Value<string>, conditional: boolean): RestNode {
  return {
    tree,
    path,
    integration: undefined,
    methods: noOptions,
    cors: noPreflight,
    children: new Map(),
    verbs: new Set(),
    mirrors: false,
    conditional,
  };
}

/** What a REST API has collected. */
export interface RestTree {
  readonly api: ExternValue;
  readonly routes: {
    readonly node: RestNode;
    readonly route: Route;
    readonly policy?: CorsPolicy;
  }[];
  readonly ignored: IgnoredOption[];
  /** Policies of single resources, and those that could not be read. */
  readonly preflights: Preflight[];
  readonly nodes: Map<ExternValue, RestNode>;
  /** Options of `LambdaRestApi` when methods without integration lead to its function. */
  readonly handlerProps: Props | undefined;
  /** Something made resources or methods that cannot be seen. */
  incomplete: boolean;
}

/** All trees by their API, and all resources by their values. */
export class Forest {
  readonly trees = new Map<ExternValue, RestTree>();
  private readonly roots = new Map<ExternValue, RestNode>();
  private readonly nodes = new Map<ExternValue, RestNode>();

  plant(root: RestNode): void {
    this.trees.set(root.tree.api, root.tree);
    this.roots.set(root.tree.api, root);
  }

  /** A second root of a tree: that of an import of the API. */
  graft(api: ExternValue, root: RestNode): void {
    this.trees.set(api, root.tree);
    this.roots.set(api, root);
  }

  note(value: ExternValue, node: RestNode): void {
    this.nodes.set(value, node);
    node.tree.nodes.set(value, node);
  }

  /** The resource that a value is: one that was noted, `api.root`, `resource.parentResource`. */
  nodeOf(value: ExternValue | undefined): RestNode | undefined {
    if (!value) return undefined;
    const noted = this.nodes.get(value);
    if (noted || value.made.by !== "member") return noted;
    const { of, name } = value.made;
    if (name === "root") return this.roots.get(of);
    return name === "parentResource" ? this.nodeOf(of)?.parent : undefined;
  }
}

/** `/orders` and `{id}` -> `/orders/{id}` */
export function joinPath(above: Value<string>, part: Value<string>): Value<string> {
  if (above.kind === "known" && part.kind === "known") {
    const slash = above.value.endsWith("/") ? "" : "/";
    return { kind: "known", value: above.value + slash + part.value, at: part.at };
  }
  if (above.kind === "oneOf")
    return { ...above, of: above.of.map((branch) => joinPath(branch, part)) };
  if (part.kind === "oneOf")
    return { ...part, of: part.of.map((branch) => joinPath(above, branch)) };
  return above.kind === "known" ? part : above;
}

export function textOf(value: Value<string>): string | undefined {
  return value.kind === "known" ? value.value : undefined;
}

/** Where a method was made and how the code there names the resource. */
export interface Origin {
  readonly at: Span;
  readonly methods?: Span;
  readonly call?: Span;
  readonly statement?: Span;
  readonly resource?: string;
  readonly conditional?: true;
}

/** Places of a call on a resource; the statement only where the resource has a name, so that code may follow it. */
export function originOf(reader: Reader, call: ExternValue, { api }: RestTree): Origin {
  const resource = receiverText(reader, call);
  return {
    at: call.at,
    ...(call.made.by === "call" ? { call: call.made.args.at } : {}),
    ...(resource !== undefined && call.statement ? { resource, statement: call.statement } : {}),
    ...conditionalMark(reader, call, methodCall(call)?.on ?? api),
  };
}

/** Of a call that makes more than one method, or that is on no resource: no code can follow it by the resource's name. */
export function unnamed({ resource, statement, ...origin }: Origin): Origin {
  void resource;
  void statement;
  return origin;
}

/** The expression before `.addMethod`, when it is a plain name such as `orders` or `this.api.root`. */
function receiverText(reader: Reader, call: ExternValue): string | undefined {
  if (call.made.by !== "call") return undefined;
  const { at, calleeAt } = call.made.args;
  const text = reader.project.text(at.file)?.slice(at.start, calleeAt.start);
  return /^([\w$]+(?:\.[\w$]+)*)\s*\.\s*$/.exec(text ?? "")?.[1];
}
