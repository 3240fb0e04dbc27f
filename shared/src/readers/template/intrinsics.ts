/**
 * CloudFormation's intrinsic functions. A parameter is its default unless the deployment says otherwise, so that it is
 * one of two things; what only exists after deployment (ids, ARNs, pseudo parameters) is unknown.
 */
import { entriesOf, entryOf, itemsOf, scalarText, valueAt } from "../../ir/tree";
import type { TreeNode } from "../../ir/tree";
import type { Strings, Value } from "../../model/model";
import { branches } from "../../model/value";
import { exported, handedTo, outputOf } from "./family";
import type { Place } from "./family";
import { attributeOf, intrinsicOf } from "./mentions";
import type { Intrinsic } from "./mentions";
import type { Resource, Template } from "./template";

/** One of the things that a node may stand for; absent where it is `AWS::NoValue`. */
export interface Choice {
  readonly node?: TreeNode;
  /** Depends on a condition that cannot be decided. */
  readonly conditional?: true;
}

const deepest = 30;
/** More combinations of branches say no more than "unknown". */
const mostBranches = 16;

/** What a node stands for where conditions choose: `Fn::If` unfolded, decided ones taken, absence kept. */
export function choicesOf(
  template: Template,
  node: TreeNode | undefined,
  depth = 0,
): readonly Choice[] {
  const found = intrinsicOf(node);
  if (node === undefined || isNoValue(found)) return [{}];
  if (found?.name !== "Fn::If" || depth > deepest) return [{ node }];
  const [test, then, otherwise] = itemsOf(found.argument);
  const decided = conditionOf(template, scalarText(test) ?? "");
  if (decided !== undefined) return choicesOf(template, decided ? then : otherwise, depth + 1);
  return [then, otherwise]
    .flatMap((branch) => choicesOf(template, branch, depth + 1))
    .slice(0, mostBranches)
    .map((choice) => ({ ...choice, conditional: true as const }));
}

function isNoValue(found: Intrinsic | undefined): boolean {
  return found?.name === "Ref" && scalarText(found.argument) === "AWS::NoValue";
}

/** The one node that an entry stands for; `undefined` where there is none or several. */
export function onlyNode(template: Template, node: TreeNode | undefined): TreeNode | undefined {
  const [first, ...others] = choicesOf(template, node);
  return others.length === 0 ? first?.node : undefined;
}

/** Whether a condition holds, where constants alone decide. */
export function conditionOf(template: Template, name: string, depth = 0): boolean | undefined {
  const node = valueAt(template.root, "Conditions", name);
  return node && depth < deepest ? truthOf(template, node, depth + 1) : undefined;
}

function truthOf(template: Template, node: TreeNode, depth: number): boolean | undefined {
  const found = intrinsicOf(node);
  if (!found || depth > deepest) return undefined;
  const parts = itemsOf(found.argument);
  const truths = (): readonly (boolean | undefined)[] =>
    parts.map((part) => truthOf(template, part, depth + 1));
  switch (found.name) {
    case "Condition":
      return conditionOf(template, scalarText(found.argument) ?? "", depth);
    case "Fn::Not": {
      const [inner] = truths();
      return inner === undefined ? undefined : !inner;
    }
    case "Fn::And":
      return allOf(truths());
    case "Fn::Or": {
      const none = allOf(truths().map((truth) => (truth === undefined ? undefined : !truth)));
      return none === undefined ? undefined : !none;
    }
    case "Fn::Equals": {
      const [left, right] = parts.map((part) => textOf(template, part, depth + 1));
      if (left?.kind !== "known" || right?.kind !== "known") return undefined;
      return left.value === right.value;
    }
    default:
      return undefined;
  }
}

function allOf(truths: readonly (boolean | undefined)[]): boolean | undefined {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

/** Whether a resource may be left out; `false` as `exists` where it is for certain. */
export function existenceOf(
  template: Template,
  { condition }: Resource,
): { readonly exists: boolean; readonly conditional?: true } {
  if (condition === undefined) return { exists: true };
  const truth = conditionOf(template, condition);
  return truth === undefined ? { exists: true, conditional: true } : { exists: truth };
}

export const unknown = <T>(because: string, node: TreeNode, more: object = {}): Value<T> => ({
  kind: "unknown",
  because,
  ...more,
  at: node.at,
});

/** The text that a node comes to. */
export function textOf(template: Template, node: TreeNode, depth = 0): Value<string> {
  if (depth > deepest) return unknown("it goes too deep", node);
  if (node.k === "scalar") return scalarValue(node);
  const found = intrinsicOf(node);
  if (!found) return unknown("it is no text", node);
  const inner = (part: TreeNode): Value<string> => textOf(template, part, depth + 1);
  const { argument } = found;
  switch (found.name) {
    case "Ref":
      return refOf(template, node, scalarText(argument) ?? "", depth);
    case "Fn::If":
      return oneOf(
        choicesOf(template, node).map(({ node: branch }) =>
          branch ? inner(branch) : unknown("there is no value", node),
        ),
        node,
      );
    case "Fn::Sub":
      return substituted(template, node, argument, depth);
    case "Fn::Join": {
      const [delimiter, list] = itemsOf(argument);
      const items = list ? listItems(template, list, depth + 1) : undefined;
      if (!items) return unknown("a list that is not seen is joined", node);
      return joined(items, scalarText(delimiter) ?? "", node);
    }
    case "Fn::Select": {
      const [index, list] = itemsOf(argument);
      const items = list ? listItems(template, list, depth + 1) : undefined;
      return items?.[Number(scalarText(index))] ?? unknown("a list that is not seen", node);
    }
    case "Fn::FindInMap":
      return foundInMap(template, node, itemsOf(argument), depth);
    case "Fn::GetAtt": {
      const [id = "", attribute = ""] = attributeOf(argument) ?? [];
      const output = outputOf(template, id, attribute);
      if (output) return workedOut(template, `${id}.${attribute}`, [output], node);
      return unknown("it exists only after deployment", node, shapeOf(template, argument));
    }
    case "Fn::ImportValue": {
      const place = exported(template, argument);
      const name = scalarText(argument) ?? "";
      if (place) return workedOut(template, `import ${name}`, [place], node);
      return unknown("another stack exports it", node);
    }
    default:
      return unknown(`${found.name} decides it`, node);
  }
}

function scalarValue(node: TreeNode & { k: "scalar" }): Value<string> {
  if (node.value === null) return unknown("it is empty", node);
  if (node.text.includes("{{resolve:")) return unknown("it is looked up at deployment", node);
  return { kind: "known", value: node.text, at: node.at };
}

/** A distribution's and a bucket's domain name are hosts without a scheme. */
function shapeOf(template: Template, argument: TreeNode): { host?: true } {
  const [id, attribute] = attributeOf(argument) ?? [];
  const type = template.resources.get(id ?? "")?.type;
  const isHost =
    (type === "AWS::CloudFront::Distribution" && attribute === "DomainName") ||
    (type === "AWS::S3::Bucket" && /^(Regional|DualStack)?DomainName$/.test(attribute ?? ""));
  return isHost ? { host: true } : {};
}

function refOf(template: Template, node: TreeNode, name: string, depth: number): Value<string> {
  const parameter = valueAt(template.root, "Parameters", name);
  if (parameter) {
    const handed = handedTo(template, name);
    return handed
      ? workedOut(template, name, handed, node)
      : parameterOf(template, parameter, node, depth);
  }
  if (template.resources.has(name)) return unknown("it exists only after deployment", node);
  return unknown(
    name.startsWith("AWS::") ? "it is decided at deployment" : "it is not declared",
    node,
  );
}

/** What other templates hand to this one; each name is worked out once. */
function workedOut(
  template: Template,
  name: string,
  places: readonly Place[],
  node: TreeNode,
): Value<string> {
  const texts = template.family?.texts ?? new Map<string, Value<string> | undefined>();
  const key = `${template.file}#${name}`;
  if (!texts.has(key)) {
    texts.set(key, undefined);
    const given = places.map((place) => textOf(place.template, place.node));
    texts.set(key, given.length > 0 ? oneOf(given, node) : unknown("no parent gives it", node));
  }
  return texts.get(key) ?? unknown("the templates go in a circle", node);
}

/** One of the allowed values where there are such, else the default or what a deployment gives. */
function parameterOf(
  template: Template,
  parameter: TreeNode,
  node: TreeNode,
  depth: number,
): Value<string> {
  const given: Value<string> = unknown("a parameter decides it", node);
  const type = scalarText(valueAt(parameter, "Type")) ?? "String";
  // The default of such a parameter is the name under which the value is stored.
  if (type.startsWith("AWS::SSM::Parameter")) return given;
  const allowed = itemsOf(valueAt(parameter, "AllowedValues"));
  if (allowed.length > 0)
    return oneOf(
      allowed.map((item) => textOf(template, item, depth + 1)),
      node,
    );
  const byDefault = valueAt(parameter, "Default");
  return byDefault ? oneOf([textOf(template, byDefault, depth + 1), given], node) : given;
}

/** The branches as one value. */
export function oneOf<T>(values: readonly Value<T>[], node: TreeNode): Value<T> {
  const flat = values.flatMap((value) => branches(value));
  const [only, ...others] = flat;
  if (only && others.length === 0) return only;
  if (flat.length === 0 || flat.length > mostBranches)
    return unknown("it may be many things", node);
  return { kind: "oneOf", of: flat, at: node.at };
}

function substituted(
  template: Template,
  node: TreeNode,
  argument: TreeNode,
  depth: number,
): Value<string> {
  const [format, variables] = argument.k === "list" ? argument.items : [argument];
  const text = scalarText(format);
  if (text === undefined || !format) return unknown("the text is not seen", node);
  const parts = text.split(/(\$\{[^}]*\})/).filter((part) => part !== "");
  const values = parts.map((part): Value<string> => {
    const name = /^\$\{([^}]*)\}$/.exec(part)?.[1]?.trim();
    if (name === undefined) return { kind: "known", value: part, at: format.at };
    if (name.startsWith("!"))
      return { kind: "known", value: `\${${name.slice(1)}}`, at: format.at };
    const own = entryOf(variables, name);
    if (own) return textOf(template, own.value, depth + 1);
    if (!name.includes(".")) return refOf(template, format, name, depth + 1);
    return unknown(
      "it exists only after deployment",
      node,
      parts.length === 1
        ? shapeOf(template, { ...format, k: "scalar", value: name, text: name })
        : {},
    );
  });
  const [only, ...others] = values;
  return only && others.length === 0 ? placed(only, node) : joined(values, "", node);
}

/** A text that is put together stands where it is put together. */
function joined(
  values: readonly Value<string>[],
  delimiter: string,
  node: TreeNode,
): Value<string> {
  let texts: readonly string[] = [""];
  for (const [index, value] of values.entries()) {
    const all = branches(value);
    const known = all.flatMap((branch) => (branch.kind === "known" ? [branch.value] : []));
    if (known.length < all.length) return unknown("a part of it is not known", node);
    texts = texts.flatMap((text) =>
      known.map((part) => text + (index > 0 ? delimiter : "") + part),
    );
    if (texts.length > mostBranches) return unknown("it may be many things", node);
  }
  return oneOf(
    texts.map((value): Value<string> => ({ kind: "known", value, at: node.at })),
    node,
  );
}

const placed = (value: Value<string>, { at }: TreeNode): Value<string> =>
  value.kind === "known" ? { ...value, at } : value;

/** The values that a mapping may give: where a key is not known, each of those that are there. */
function foundInMap(
  template: Template,
  node: TreeNode,
  [map, first, second]: readonly TreeNode[],
  depth: number,
): Value<string> {
  const name = map && textOf(template, map, depth + 1);
  let nodes = [name?.kind === "known" ? valueAt(template.root, "Mappings", name.value) : undefined];
  for (const key of [first, second]) {
    const keys = key ? keysOf(template, key, depth) : undefined;
    nodes = nodes.flatMap((inner) =>
      keys ? keys.map((each) => valueAt(inner, each)) : entriesOf(inner).map(({ value }) => value),
    );
  }
  const found = nodes.flatMap((inner) => (inner ? [inner] : []));
  if (found.length === 0) return unknown("the mapping is not seen", node);
  return oneOf(
    found.map((inner) => textOf(template, inner, depth + 1)),
    node,
  );
}

function keysOf(template: Template, key: TreeNode, depth: number): readonly string[] | undefined {
  const all = branches(textOf(template, key, depth + 1));
  const known = all.flatMap((branch) => (branch.kind === "known" ? [branch.value] : []));
  return known.length === all.length ? known : undefined;
}

/** The items of a list as texts; `undefined` for what is no list. */
function listItems(
  template: Template,
  node: TreeNode,
  depth: number,
): readonly Value<string>[] | undefined {
  const [list] = branches(stringsOf(template, node, depth));
  return list?.kind === "known" ? list.value : undefined;
}

/** The list of texts that a node comes to. */
export function stringsOf(template: Template, node: TreeNode, depth = 0): Strings {
  if (depth > deepest) return unknown("it goes too deep", node);
  if (node.k === "list")
    return {
      kind: "known",
      value: node.items.flatMap((item) => elementsOf(template, item, depth)),
      at: node.at,
    };
  const found = intrinsicOf(node);
  if (!found) return unknown("it is no list", node);
  switch (found.name) {
    case "Fn::If":
      return oneOf(
        choicesOf(template, node).flatMap(({ node: branch }) =>
          branch ? [stringsOf(template, branch, depth + 1)] : [],
        ),
        node,
      );
    case "Fn::Split": {
      const [delimiter, text] = itemsOf(found.argument);
      return text
        ? split(textOf(template, text, depth + 1), scalarText(delimiter) ?? ",", node)
        : unknown("it is no list", node);
    }
    case "Ref": {
      const parameter = valueAt(template.root, "Parameters", scalarText(found.argument) ?? "");
      const isList = /^(CommaDelimitedList|List<)/.test(
        scalarText(valueAt(parameter, "Type")) ?? "",
      );
      return isList
        ? split(textOf(template, node, depth + 1), ",", node)
        : unknown("it is no list", node);
    }
    default:
      return unknown(`${found.name} decides it`, node);
  }
}

/** An element that a condition may leave out is unknown: zero or one. */
function elementsOf(template: Template, item: TreeNode, depth: number): readonly Value<string>[] {
  const choices = choicesOf(template, item);
  if (choices.every(({ node }) => node === undefined)) return [];
  const value = oneOf(
    choices.map(({ node }) =>
      node
        ? textOf(template, node, depth + 1)
        : unknown<string>("it may be absent", item, { many: true }),
    ),
    item,
  );
  return [value];
}

function split(text: Value<string>, delimiter: string, node: TreeNode): Strings {
  const lists = branches(text).map((branch): Strings => {
    if (branch.kind !== "known") return unknown("a list that is decided elsewhere", node);
    const { at } = branch;
    const items = branch.value
      .split(delimiter)
      .map((part) => part.trim())
      .filter((part) => part !== "");
    return { kind: "known", value: items.map((value) => ({ kind: "known", value, at })), at };
  });
  return oneOf(lists, node);
}
