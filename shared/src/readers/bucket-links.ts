/** Leads what handlers sign to the buckets that it is for. */
import type { Bucket, SignedUpload } from "../model/bucket";
import type { Handler } from "../model/model";
import type { BucketUses } from "./cdk/bucket-uses";

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
      const bucket = bucketOf(upload, buckets, uses.get(handler.id));
      return bucket === undefined ? upload : { ...upload, bucket };
    });
    return { ...handler, signs };
  });
}

/** By the variable or the name that the code gives; else the only bucket that the function may write to. */
function bucketOf(
  { named }: SignedUpload,
  buckets: readonly Bucket[],
  uses: BucketUses | undefined,
): string | undefined {
  if (named?.text !== undefined)
    return only(buckets.filter((b) => b.physicalName === named.text).map(({ id }) => id));
  const told = named?.variable === undefined ? undefined : uses?.variables.get(named.variable);
  return only([...(told ?? uses?.granted ?? [])]);
}

function only([first, ...others]: readonly string[]): string | undefined {
  return others.length === 0 ? first : undefined;
}
