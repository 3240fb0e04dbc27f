/** Events of SAM's functions and state machines by which APIs get their routes. */
import type { Span } from "../../ir/span";
import { entriesOf, entryOf, scalarText, valueAt } from "../../ir/tree";
import type { TreeEntry, TreeNode } from "../../ir/tree";
import type { Route, Value } from "../../model/model";
import { choicesOf, existenceOf, textOf } from "./intrinsics";
import { mentionsOf } from "./mentions";
import { linkResource } from "./functions";
import type { TemplateReader } from "./reader";
import { samProps } from "./sam-globals";
import type { Resource, Template } from "./template";

export type EventKind = "Api" | "HttpApi";

export interface SamEvent {
  readonly kind: EventKind;
  /** The function or state machine. */
  readonly target: Resource;
  readonly entry: TreeEntry;
  readonly props: TreeNode | undefined;
  /** Logical id of the API that it names; absent where SAM makes one. */
  readonly api?: string;
  /** It names an API that cannot be told. */
  readonly astray?: true;
  readonly path: Value<string>;
  readonly method: Value<string>;
  readonly conditional?: true;
}

const idNames: Readonly<Record<EventKind, string>> = { Api: "RestApiId", HttpApi: "ApiId" };

/** The events of a kind, in the order of the template. */
export function samEvents({ template }: TemplateReader, kind: EventKind): readonly SamEvent[] {
  const targets = [...template.resources.values()].filter(
    (resource) =>
      /^AWS::Serverless::(Function|StateMachine)$/.test(resource.type) &&
      existenceOf(template, resource).exists,
  );
  return targets.flatMap((target) =>
    entriesOf(valueAt(samProps(template, target), "Events")).flatMap((entry) =>
      eventOf(template, target, entry, kind),
    ),
  );
}

function eventOf(
  template: Template,
  target: Resource,
  entry: TreeEntry,
  kind: EventKind,
): readonly SamEvent[] {
  if (scalarText(valueAt(entry.value, "Type")) !== kind) return [];
  const props = valueAt(entry.value, "Properties");
  const { conditional } = existenceOf(template, target);
  return [
    {
      kind,
      target,
      entry,
      props,
      ...apiOf(template, valueAt(props, idNames[kind])),
      ...routeKey(template, props, entry.keyAt, kind),
      ...(conditional ? { conditional } : {}),
    },
  ];
}

function apiOf(template: Template, id: TreeNode | undefined): { api?: string; astray?: true } {
  const nodes = choicesOf(template, id).flatMap(({ node }) => (node ? [node] : []));
  if (id === undefined || nodes.length === 0) return {};
  // SAM takes the bare logical id as well.
  const named = [...mentionsOf(id), scalarText(id) ?? ""];
  const [api, ...others] = named.filter((name) => template.resources.has(name));
  return api !== undefined && others.length === 0 ? { api } : { astray: true };
}

/** An HTTP API's event without a path is its default route; without a method it takes any. */
function routeKey(
  template: Template,
  props: TreeNode | undefined,
  at: Span,
  kind: EventKind,
): Pick<SamEvent, "path" | "method"> {
  const [path, method] = [valueAt(props, "Path"), valueAt(props, "Method")];
  const verb: Value<string> = method
    ? textOf(template, method)
    : { kind: "known", value: "any", at };
  const place: Value<string> = path
    ? textOf(template, path)
    : kind === "HttpApi"
      ? { kind: "known", value: "$default", at }
      : { kind: "unknown", because: "no path", at };
  const isDefault = kind === "HttpApi" && place.kind === "known" && place.value === "/$default";
  return { path: isDefault ? { ...place, value: "$default" } : place, method: upperCase(verb) };
}

function upperCase(method: Value<string>): Value<string> {
  if (method.kind !== "known") return method;
  const verb = method.value.toUpperCase();
  return { ...method, value: verb === "X-AMAZON-APIGATEWAY-ANY-METHOD" ? "ANY" : verb };
}

/** The event as a route, but for who may call it. */
export function eventRoute(reader: TemplateReader, event: SamEvent): Omit<Route, "authorization"> {
  const { kind, target, entry, props, path, method, conditional } = event;
  const written = entryOf(props, "Method");
  const isFunction = target.type === "AWS::Serverless::Function";
  const version = scalarText(valueAt(props, "PayloadFormatVersion"));
  const payload = kind === "HttpApi" && version !== "1.0" ? "2.0" : "1.0";
  return {
    method,
    path,
    at: entry.keyAt,
    methods: written?.value.at ?? entry.keyAt,
    call: entry.at,
    integration: isFunction
      ? { kind: "lambda", payload, at: entry.keyAt }
      : { kind: "stepFunctions", at: entry.keyAt },
    ...(isFunction ? linkResource(reader, target) : { handlers: [] }),
    ...(conditional ? { conditional } : {}),
  };
}
