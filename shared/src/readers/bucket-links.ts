/** Leads what handlers sign to the buckets that it is for. */
import type { Bucket, SignedUpload } from "../model/bucket";
import type { Handler } from "../model/model";
import { newUses, noteVariable } from "./cdk/bucket-uses";
import type { BucketUses, KnownUses } from "./cdk/bucket-uses";

/** The handlers, with the buckets for which they sign. */
export function withBuckets(
  handlers: readonly Handler[],
  buckets: readonly Bucket[],
  uses: ReadonlyMap<string, BucketUses>,
): readonly Handler[] {
  if (buckets.length === 0) return handlers;
  return handlers.map((handler) => {
    if (handler.signs === undefined) return handler;
    const signs = handler.signs.map((upload) => {
      const ids = bucketsOf(upload, buckets, uses.get(handler.id));
      return ids.length === 0 ? upload : { ...upload, buckets: ids };
    });
    return { ...handler, signs };
  });
}

/** By the variable or the name that the code gives; else the only bucket that the function may write to. */
function bucketsOf(
  { named }: SignedUpload,
  buckets: readonly Bucket[],
  uses: BucketUses | undefined,
): readonly string[] {
  if (named?.text !== undefined)
    return buckets.filter((b) => b.physicalName === named.text).map(({ id }) => id);
  const told = named?.variable === undefined ? undefined : uses?.variables.get(named.variable);
  const granted = [...(uses?.granted ?? [])];
  return told ? [...told] : granted.length === 1 ? granted : [];
}

/** What several programs and templates say of the same handlers. */
export function joinedUses(
  all: readonly (ReadonlyMap<string, BucketUses> | undefined)[],
): ReadonlyMap<string, BucketUses> {
  const joined = new Map<string, KnownUses>();
  for (const [handler, uses] of all.flatMap((one) => [...(one ?? [])])) {
    const own = joined.get(handler) ?? newUses();
    joined.set(handler, own);
    for (const [name, ids] of uses.variables) for (const id of ids) noteVariable(own, name, id);
    for (const id of uses.granted) own.granted.add(id);
  }
  return joined;
}
