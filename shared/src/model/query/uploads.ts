/** Which pages upload to which buckets, by URLs that handlers sign. */
import { memoizeByIdentity } from "../../base/memoize";
import type { Bucket, SignedUpload } from "../bucket";
import type { Api, BrowserRequest, CorsModel, Handler } from "../model";
import { sameSpan } from "../../ir/span";
import { constantOf } from "../value";
import { fits } from "./path";
import { apiOf } from "./platform";

/** A URL that a handler signs for a bucket of the application. */
export interface BucketUse {
  readonly bucket: Bucket;
  readonly signed: SignedUpload;
  readonly handler: Handler;
  /** APIs whose routes lead to the handler. */
  readonly apis: readonly Api[];
}

/** A page's call that uploads by such a URL. */
export interface Upload extends BucketUse {
  readonly request: BrowserRequest;
}

/** The URLs that handlers sign, those for buckets that are not seen left out. */
export const bucketUses = memoizeByIdentity((model: CorsModel): readonly BucketUse[] => {
  const buckets = new Map((model.buckets ?? []).map((bucket) => [bucket.id, bucket]));
  return model.handlers.flatMap((handler) =>
    (handler.signs ?? []).flatMap((signed) => {
      const apis = handler.bindings.flatMap(({ api }) => apiOf(api, model) ?? []);
      const ids = signed.buckets ?? [];
      return ids.flatMap((id) => {
        const bucket = buckets.get(id);
        return bucket ? [{ bucket, signed, handler, apis }] : [];
      });
    }),
  );
});

/** The calls of pages that upload with a URL which a handler signs, where the bucket is known for certain. */
export const uploadsOf = memoizeByIdentity((model: CorsModel): readonly Upload[] => {
  const uses = bucketUses(model);
  const isWhole = model.handlers.every(({ signs = [] }) =>
    signs.every(({ buckets }) => buckets !== undefined),
  );
  return model.requests.flatMap((request) => {
    const method = constantOf(request.method)?.toUpperCase();
    const source = request.urlFrom;
    if (source === undefined || constantOf(request.mode) !== "cors") return [];
    const fitting = uses.filter(({ signed }) => signed.method === method);
    const routed = source.api ? fitting.filter((use) => answers(use, source)) : [];
    const [first, ...others] = routed.length > 0 ? routed : isWhole && !source.api ? fitting : [];
    // One place that signs leads to as many buckets as there are deployments of it.
    const isOne =
      first &&
      others.every(
        ({ bucket, signed }) =>
          sameSpan(signed.at, first.signed.at) || sameSpan(bucket.at, first.bucket.at),
      );
    return isOne ? [first, ...others].map((use) => ({ ...use, request })) : [];
  });
});

/** Whether the handler that signs answers the call that gave the URL. */
function answers(
  { apis, handler }: BucketUse,
  { api, path, method }: NonNullable<BrowserRequest["urlFrom"]>,
): boolean {
  const asked = constantOf(method)?.toUpperCase();
  return apis.some(
    ({ id, routes }) =>
      id === api?.id &&
      routes.some((route) => {
        const own = constantOf(route.method)?.toUpperCase();
        const pattern = constantOf(route.path);
        return (
          route.handlers.includes(handler.id) &&
          (path === undefined ||
            pattern === undefined ||
            pattern === "$default" ||
            fits(pattern, path)) &&
          (asked === undefined || own === undefined || own === "ANY" || own === asked)
        );
      }),
  );
}
