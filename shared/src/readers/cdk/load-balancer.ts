/**
 * Application Load Balancers in front of functions: each group of targets with a function is an API of its own. Which
 * requests it gets is what the listener's rules say; the load balancer itself answers no preflight and adds no header.
 */
import type { AbstractValue, ExternValue } from "../../interpreter/core/values";
import type { Api, Route, Value } from "../../model/model";
import {
  callProps,
  classOf,
  externOf,
  isBoolean,
  isString,
  methodCall,
  toValue,
} from "../library-value";
import type { Props } from "../library-value";
import { loadBalancerApi, pathOf } from "../load-balancer";
import type { Conditions } from "../load-balancer";
import { apiBase, conditionalMark, linkHandler } from "./reader";
import type { Reader } from "./reader";

const family = "cdk.aws_elasticloadbalancingv2";

/** Reads every group of targets that holds a function. */
export function readLoadBalancers(reader: Reader): Api[] {
  return reader.calls.all.flatMap((call) => {
    const method = methodCall(call);
    if (method?.name === "addTargets" && call.path.startsWith(family)) {
      const props = callProps(call, 1);
      return groupOf(reader, call, props, targetsIn(props), conditionsOf(props));
    }
    if (classOf(call) !== `${family}.ApplicationTargetGroup`) return [];
    const props = callProps(call, 2);
    const added = reader
      .callsOn(call)
      .flatMap((each) =>
        methodCall(each)?.name === "addTarget" && each.made.by === "call"
          ? each.made.args.positional
          : [],
      );
    // A listener says elsewhere what it hands to the group.
    return groupOf(reader, call, props, [...targetsIn(props), ...added], undefined);
  });
}

function targetsIn(props: Props): readonly AbstractValue[] {
  const list = props.slots.get("targets")?.value;
  return list?.t === "array" ? list.items.map((item) => item) : [];
}

function groupOf(
  reader: Reader,
  call: ExternValue,
  props: Props,
  targets: readonly AbstractValue[],
  conditions: Conditions | undefined,
): Api[] {
  const functions = targets.flatMap((target) => functionIn(target) ?? []);
  const [fn] = functions;
  if (!fn) return [];
  const multi = props.slots.get("multiValueHeadersEnabled");
  const base = apiBase(reader, call, "loadBalancer", props);
  const route: Omit<Route, "method" | "path"> = {
    at: call.at,
    call: base.call,
    ...(call.statement ? { statement: call.statement } : {}),
    authorization: conditions
      ? { kind: "none" }
      : { kind: "unknown", because: "a listener decides who gets here" },
    integration: { kind: "lambda", payload: "1.0", at: call.at },
    ...linkHandler(reader, fn),
    ...conditionalMark(reader, call),
  };
  const multiValueHeaders: Value<boolean> | undefined = multi && toValue(multi.value, isBoolean);
  return [loadBalancerApi(base, route, conditions, multiValueHeaders)];
}

/** `new LambdaTarget(fn)` */
function functionIn(target: AbstractValue): AbstractValue | undefined {
  const made = externOf(target);
  if (!made || classOf(made) !== "cdk.aws_elasticloadbalancingv2_targets.LambdaTarget")
    return undefined;
  const fn =
    made.made.by === "call"
      ? (made.made.args.positional[0] ?? made.made.args.named.get("fn")?.value)
      : undefined;
  return fn && (externOf(fn) ?? fn);
}

/** What `conditions: [ListenerCondition.pathPatterns([…]), …]` lets through; `undefined` where it cannot be told. */
function conditionsOf(props: Props): Conditions | undefined {
  if (props.open !== undefined) return undefined;
  const given = props.slots.get("conditions")?.value;
  if (!given) return { paths: [], methods: [] };
  if (given.t !== "array" || given.open !== undefined) return undefined;
  const found: { paths: Value<string>[]; methods: Value<string>[] } = { paths: [], methods: [] };
  for (const item of given.items) {
    const condition = externOf(item);
    const name = condition && classOf(condition)?.split(".").at(-1);
    if (!condition || name === undefined || condition.made.by !== "call") return undefined;
    const [list] = condition.made.args.positional;
    const values =
      list?.t === "array" && list.open === undefined
        ? list.items.map((one) => toValue(one, isString))
        : [];
    if (/^path_?patterns$/i.test(name)) found.paths.push(...values.map(pathOf));
    else if (/^http_?request_?methods$/i.test(name)) found.methods.push(...values);
    else continue; // Hosts, headers and sources decide for whom, not for which path.
    if (values.length === 0) return undefined;
  }
  return found;
}
