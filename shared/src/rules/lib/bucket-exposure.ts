/** Response headers that a page reads of an upload's answer. */
import { SAFELISTED_RESPONSE_HEADERS } from "../../browser/headers";
import { hiddenByRule, ruleBucket } from "../../gateway";
import { uploadHeaders } from "../../advice/needs";
import { originsOf } from "../../advice/page-origins";
import type { CorsModel, CorsPolicy, HeaderRead } from "../../model/model";
import { uploadsOf } from "../../model/query/uploads";

export interface HiddenRead {
  readonly read: HeaderRead;
  readonly rule: CorsPolicy;
}

/** Reads that give null, where for each origin that the code names the same rule of the bucket is taken. */
export function readsHiddenByBuckets(model: CorsModel): readonly HiddenRead[] {
  return uploadsOf(model).flatMap(({ bucket, signed, request, apis }) => {
    const reads = (request.readsHeaders ?? []).filter(
      ({ name }) => !SAFELISTED_RESPONSE_HEADERS.includes(name),
    );
    const origins = apis.flatMap((api) => originsOf(model, api));
    const { method } = signed;
    const headers = uploadHeaders(request);
    const rulings = (origins.length > 0 ? origins : [undefined]).map((origin) =>
      ruleBucket(bucket, { method, headers, ...(origin === undefined ? {} : { origin }) }),
    );
    const [rule, ...others] = new Set(
      rulings.map((ruling) => (ruling.kind === "allows" ? ruling.rule : undefined)),
    );
    if (rule === undefined || others.length > 0) return [];
    const hidden = hiddenByRule(
      rule,
      reads.map(({ name }) => name),
    );
    return reads.filter(({ name }) => hidden.includes(name)).map((read) => ({ read, rule }));
  });
}
