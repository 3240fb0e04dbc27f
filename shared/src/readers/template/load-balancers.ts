/** Application Load Balancers: groups of targets that hold a function, and the listeners' rules that lead to them. */
import { entriesOf, itemsOf, scalarText, valueAt } from "../../ir/tree";
import type { TreeNode } from "../../ir/tree";
import type { Api, Value } from "../../model/model";
import { branches } from "../../model/value";
import { loadBalancerApi, pathOf } from "../load-balancer";
import type { Conditions } from "../load-balancer";
import { linkFunction } from "./functions";
import { stringsOf, textOf } from "./intrinsics";
import { mentionsOf } from "./mentions";
import { apiBase, conditionalMark, existing } from "./reader";
import type { TemplateReader } from "./reader";
import type { Resource, Template } from "./template";

const rule = "AWS::ElasticLoadBalancingV2::ListenerRule";
const listener = "AWS::ElasticLoadBalancingV2::Listener";

/** Reads every group of targets that holds a function. */
export function readLoadBalancers(reader: TemplateReader): readonly Api[] {
  const { template } = reader;
  const groups = existing(template, "AWS::ElasticLoadBalancingV2::TargetGroup");
  return groups.filter(holdsFunction).map((group) => {
    const [target] = itemsOf(valueAt(group.props, "Targets"));
    const { at, entry } = group;
    const conditions = conditionsFor(template, group);
    return loadBalancerApi(
      apiBase(reader, group, "loadBalancer"),
      {
        at,
        call: entry,
        authorization: conditions
          ? { kind: "none" }
          : { kind: "unknown", because: "a listener decides who gets here" },
        integration: { kind: "lambda", payload: "1.0", at },
        ...linkFunction(reader, valueAt(target, "Id")),
        ...conditionalMark(template, group),
      },
      conditions,
      multiValueOf(template, group),
    );
  });
}

function holdsFunction({ props }: Resource): boolean {
  return scalarText(valueAt(props, "TargetType")) === "lambda";
}

function multiValueOf(template: Template, { props }: Resource): Value<boolean> | undefined {
  const attributes = itemsOf(valueAt(props, "TargetGroupAttributes"));
  const found = attributes.find(
    (item) => scalarText(valueAt(item, "Key")) === "lambda.multi_value_headers.enabled",
  );
  const node = valueAt(found, "Value");
  const text = node && textOf(template, node);
  if (!text) return undefined;
  return text.kind === "known"
    ? { ...text, value: text.value === "true" }
    : { ...text, kind: "unknown", because: "it is decided elsewhere" };
}

/** The conditions of the one rule, or default action, that leads to the group; `undefined` where it cannot be told. */
function conditionsFor(template: Template, group: Resource): Conditions | undefined {
  const leading = existing(template, rule, listener).filter(({ props }) =>
    ["Actions", "DefaultActions"].some((key) => mentionsOf(valueAt(props, key)).includes(group.id)),
  );
  const [only, ...others] = leading;
  if (!only || others.length > 0 || signsIn(only)) return undefined;
  if (only.type === listener) return { paths: [], methods: [] };
  const list = valueAt(only.props, "Conditions");
  if (list?.k !== "list") return undefined;
  const found: { paths: Value<string>[]; methods: Value<string>[] } = { paths: [], methods: [] };
  for (const item of list.items) {
    const field = scalarText(valueAt(item, "Field"));
    if (field === undefined) return undefined;
    const values = valuesIn(template, item);
    if (field === "path-pattern") found.paths.push(...values.map(pathOf));
    else if (field === "http-request-method") found.methods.push(...values);
    else continue;
    if (values.length === 0) return undefined;
  }
  return found;
}

/** The load balancer sends to a sign-in whoever has no session. */
function signsIn({ props }: Resource): boolean {
  const actions = ["Actions", "DefaultActions"].flatMap((key) => itemsOf(valueAt(props, key)));
  return actions.some((action) => scalarText(valueAt(action, "Type")) !== "forward");
}

/** `Values` of the condition, or of its `…Config`. */
function valuesIn(template: Template, condition: TreeNode): readonly Value<string>[] {
  const nodes = [
    valueAt(condition, "Values"),
    ...entriesOf(condition).map(({ value }) => valueAt(value, "Values")),
  ];
  const lists = nodes.flatMap((node) => (node ? branches(stringsOf(template, node)) : []));
  return lists.flatMap((list) => (list.kind === "known" ? list.value : []));
}
