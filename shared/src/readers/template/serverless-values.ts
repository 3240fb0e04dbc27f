/** Values in `serverless.yml`. `${self:…}` is looked up in the file; other variables come from outside and are unknown. */
import { fieldOf } from "./policy";
import { entryOf, itemsOf, scalarText, valueAt } from "../../ir/tree";
import type { MapNode, TreeEntry, TreeNode } from "../../ir/tree";
import type { Span } from "../../ir/span";
import type { CorsPolicy, Field, PolicyForm, Strings, Value } from "../../model/model";

/** The node that a variable stands for; `undefined` for variables that are not in the file. */
export function resolved(
  root: TreeNode,
  node: TreeNode | undefined,
  depth = 0,
): TreeNode | undefined {
  const text = scalarText(node);
  if (text === undefined || !text.includes("${")) return node;
  const path = /^\$\{self:([\w.-]+)\}$/.exec(text)?.[1];
  if (path === undefined || depth > 10) return undefined;
  return resolved(root, valueAt(root, ...path.split(".")), depth + 1);
}

/** The text of a node, where no variable from outside has a part in it. */
export function slsText(root: TreeNode, node: TreeNode | undefined): string | undefined {
  return scalarText(resolved(root, node));
}

/**
 * A text with what its variables most likely stand for: values of the file, also by a name that another variable gives,
 * and defaults of those from outside. To look for files by, not to judge.
 */
export function likelyText(root: TreeNode, node: TreeNode | undefined): string | undefined {
  let text = scalarText(node);
  for (let depth = 0; text?.includes("${") === true; depth++) {
    const [whole, variable] = /\$\{([^${}]*)\}/.exec(text) ?? [];
    const value = variable === undefined ? undefined : valueOf(root, variable);
    if (depth > 20 || text.length > 1000 || whole === undefined || value === undefined)
      return undefined;
    text = text.replace(whole, () => value);
  }
  return text;
}

/** `self:custom.stage`, `opt:stage, 'dev'` */
function valueOf(root: TreeNode, variable: string): string | undefined {
  const [first = "", ...defaults] = variable.split(",").map((part) => part.trim());
  const path = /^self:([\w./-]+)$/.exec(first)?.[1];
  const found = path === undefined ? undefined : scalarText(valueAt(root, ...path.split(".")));
  const [other] = defaults;
  return found ?? (other === undefined ? undefined : other.replace(/^(["'])(.*)\1$/, "$2"));
}

const unknown = (because: string, at: Span): Value<never> => ({ kind: "unknown", because, at });

function textValue(root: TreeNode, node: TreeNode): Value<string> {
  const text = slsText(root, node);
  return text === undefined
    ? unknown("a variable decides it", node.at)
    : { kind: "known", value: text, at: resolved(root, node)?.at ?? node.at };
}

/** A list, or one text that stands for a list of it. */
function listValue(root: TreeNode, node: TreeNode): Strings {
  const found = resolved(root, node);
  if (!found) return unknown("a variable decides it", node.at);
  if (found.k === "map") return unknown("a function of the template gives it", node.at);
  const items = found.k === "list" ? found.items : [found];
  return { kind: "known", value: items.map((item) => textValue(root, item)), at: found.at };
}

type ListOption = "allowOrigins" | "allowMethods" | "allowHeaders" | "exposeHeaders";

/** How a form calls its options, and what they are unless told otherwise. */
export interface SlsForm {
  readonly form: PolicyForm;
  readonly names: Readonly<Record<ListOption | "allowCredentials" | "maxAge", readonly string[]>>;
  readonly defaults: Readonly<Partial<Record<ListOption, readonly string[]>>>;
}

const awsHeaders = [
  "Content-Type",
  "X-Amz-Date",
  "Authorization",
  "X-Api-Key",
  "X-Amz-Security-Token",
];
const allowed = {
  allowOrigins: ["allowedOrigins"],
  allowMethods: ["allowedMethods"],
  allowHeaders: ["allowedHeaders"],
  exposeHeaders: ["exposedResponseHeaders"],
  allowCredentials: ["allowCredentials"],
  maxAge: ["maxAge"],
} as const;

/** `provider.httpApi.cors`; methods are those of the routes unless told otherwise. */
export const httpApiForm = (methods: readonly string[]): SlsForm => ({
  form: "cfnApi",
  names: allowed,
  defaults: {
    allowOrigins: ["*"],
    allowHeaders: [...awsHeaders, "X-Amz-User-Agent", "X-Amzn-Trace-Id"],
    allowMethods: methods,
  },
});

/** `url.cors`; a URL takes every method unless told otherwise. */
export const urlForm: SlsForm = {
  form: "functionUrl",
  names: allowed,
  defaults: {
    allowOrigins: ["*"],
    allowHeaders: [...awsHeaders, "X-Amzn-Trace-Id"],
  },
};

/** `http.cors` of one event; the path's methods are added by the framework. */
export const restForm: SlsForm = {
  form: "restResource",
  names: {
    ...allowed,
    allowOrigins: ["origins", "origin"],
    allowMethods: ["methods"],
    allowHeaders: ["headers"],
  },
  defaults: {
    allowOrigins: ["*"],
    allowHeaders: [...awsHeaders, "X-Amz-User-Agent"],
    allowMethods: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
  },
};

/** What `cors: true` or `cors: { … }` says; `undefined` where it is off, `"unseen"` where a variable decides. */
export function slsPolicy(
  root: TreeNode,
  entry: TreeEntry,
  form: SlsForm,
): CorsPolicy | "unseen" | undefined {
  const node = resolved(root, entry.value);
  if (!node || node.k === "list") return "unseen";
  if (node.k === "scalar") {
    if (node.value !== true)
      return node.value === false || node.value === null ? undefined : "unseen";
    return policyOf(root, undefined, entry, form);
  }
  return policyOf(root, node, entry, form);
}

function policyOf(
  root: TreeNode,
  block: MapNode | undefined,
  entry: TreeEntry,
  form: SlsForm,
): CorsPolicy {
  const find = (names: readonly string[]): TreeEntry | undefined =>
    names.map((name) => entryOf(block, name)).find((found) => found !== undefined);
  const list = (option: ListOption): Partial<Record<ListOption, Field<Strings>>> => {
    const own = find(form.names[option]);
    if (own) return { [option]: fieldOf(own, listValue(root, own.value)) };
    const texts = form.defaults[option];
    return texts ? { [option]: fieldOf(entry, byDefault(texts, entry.keyAt)) } : {};
  };
  const credentials = find(form.names.allowCredentials);
  const maxAge = find(form.names.maxAge);
  return {
    form: form.form,
    language: "template",
    at: entry.keyAt,
    ...(block ? { block: block.at } : {}),
    ...list("allowOrigins"),
    ...list("allowMethods"),
    ...list("allowHeaders"),
    ...list("exposeHeaders"),
    ...(credentials
      ? { allowCredentials: fieldOf(credentials, booleanValue(root, credentials.value)) }
      : {}),
    ...(maxAge ? { maxAge: fieldOf(maxAge, numberValue(root, maxAge.value)) } : {}),
    ...(form.form === "restResource"
      ? {
          statusCode: {
            name: entry.keyAt,
            entry: entry.at,
            value: { kind: "known", value: 200, at: entry.keyAt },
          },
        }
      : {}),
    ignored: [],
    complete: true,
  };
}

/** What the framework takes stands where CORS is turned on; nobody wrote it, so that nothing can be replaced in it. */
function byDefault(texts: readonly string[], at: Span): Strings {
  return { kind: "known", value: texts.map((value) => ({ kind: "known", value, at })), at };
}

function booleanValue(root: TreeNode, node: TreeNode): Value<boolean> {
  const found = resolved(root, node);
  return found?.k === "scalar" && typeof found.value === "boolean"
    ? { kind: "known", value: found.value, at: found.at }
    : unknown("a variable decides it", node.at);
}

function numberValue(root: TreeNode, node: TreeNode): Value<number> {
  const found = resolved(root, node);
  return found?.k === "scalar" && typeof found.value === "number"
    ? { kind: "known", value: found.value, at: found.at }
    : unknown("a variable decides it", node.at);
}

/** The items of a list, `[]` for everything else. */
export function slsItems(root: TreeNode, node: TreeNode | undefined): readonly TreeNode[] {
  return itemsOf(resolved(root, node));
}
