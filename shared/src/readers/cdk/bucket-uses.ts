/** Which buckets the code of functions knows: by variables of its environment, and by what it is granted. */
import { alternatives } from "../../interpreter/core/values";
import type { AbstractValue, ExternValue } from "../../interpreter/core/values";
import type { Bucket } from "../../model/bucket";
import { argument, callProps, externOf, isString, methodCall, toValue } from "../library-value";
import type { Reader } from "./reader";

/** What one handler's function is told of buckets, by their ids. */
export interface BucketUses {
  /** Variables that hold a bucket's name; several ids where functions that share the code disagree. */
  readonly variables: ReadonlyMap<string, ReadonlySet<string>>;
  /** Buckets that it may write to. */
  readonly granted: ReadonlySet<string>;
}

type Buckets = ReadonlyMap<ExternValue, Bucket>;

/**
 * What functions are told, by the ids of their handlers.
 * @param made the functions, with the ids of their handlers
 */
export function readBucketUses(
  reader: Reader,
  made: ReadonlyMap<ExternValue, string>,
  buckets: Buckets,
): ReadonlyMap<string, BucketUses> {
  const uses = new Map<string, KnownUses>();
  if (buckets.size === 0) return uses;
  for (const [fn, handler] of made) {
    const own = uses.get(handler) ?? newUses();
    uses.set(handler, own);
    for (const [name, value] of variablesOf(reader, fn))
      for (const id of bucketsNamed(value, buckets)) noteVariable(own, name, id);
  }
  for (const [value, { id }] of buckets)
    for (const call of reader.calls.on.get(value) ?? []) {
      if (!/^grant(Put|Write|ReadWrite)$/.test(methodCall(call)?.name ?? "")) continue;
      const fn = externOf(argument(call, 0, "identity"));
      const handler = fn && made.get(fn);
      if (handler !== undefined) uses.get(handler)?.granted.add(id);
    }
  return uses;
}

/** `BucketUses` while they are gathered. */
export interface KnownUses extends BucketUses {
  readonly variables: Map<string, Set<string>>;
  readonly granted: Set<string>;
}

export function newUses(): KnownUses {
  return { variables: new Map(), granted: new Set() };
}

export function noteVariable({ variables }: KnownUses, name: string, id: string): void {
  variables.set(name, (variables.get(name) ?? new Set<string>()).add(id));
}

/** `environment` of the construct, and what `addEnvironment` adds. */
function variablesOf(
  reader: Reader,
  fn: ExternValue,
): readonly (readonly [string, AbstractValue])[] {
  const given = callProps(fn, 2).slots.get("environment")?.value;
  const written =
    given?.t === "object"
      ? [...given.props].map(([name, { value }]) => [name, value] as const)
      : [];
  const added = (reader.calls.on.get(fn) ?? []).flatMap((call) => {
    if (methodCall(call)?.name !== "addEnvironment") return [];
    const key = argument(call, 0, "key");
    const name = key && toValue(key, isString);
    const value = argument(call, 1, "value");
    return name?.kind === "known" && value ? [[name.value, value] as const] : [];
  });
  return [...written, ...added];
}

/** `bucket.bucketName`, and `bucket.ref` of an L1 construct. */
function bucketsNamed(value: AbstractValue, buckets: Buckets): readonly string[] {
  return alternatives(value).flatMap((each) => {
    if (each.t !== "extern" || each.made.by !== "member") return [];
    if (!["bucketName", "ref"].includes(each.made.name)) return [];
    const bucket = buckets.get(each.made.of);
    return bucket ? [bucket.id] : [];
  });
}
