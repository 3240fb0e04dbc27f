import { apiTraits } from "../model/kinds";
import type { Fix, Problem, Related } from "../finding";
import { callOf, hiddenHeaders, likelyOrigin } from "../gateway";
import type { Api, BrowserRequest, CorsModel, CorsPolicy } from "../model/model";
import { readsHiddenByBuckets } from "./lib/bucket-exposure";
import { onlyPolicy } from "./lib/page-policy";
import { addItems } from "../advice/policy-fix";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** A page gets null for every header of a response that is neither safelisted nor exposed (Fetch, "CORS filtered response"). */
export const rule: Rule = {
  id: "response-header-not-exposed",
  summary: "A page reads a response header that the API it calls does not expose: it gets null.",
  severity: "warning",
  *check(model): Iterable<Problem> {
    const said = new Set<string>();
    yield* ofBuckets(model);
    for (const request of model.requests) {
      const api = model.apis.find(({ id }) => id === request.api?.id);
      const call = api && callOf(request, likelyOrigin(api, model.apis));
      if (api === undefined || call === undefined) continue;
      const reads = (request.readsHeaders ?? []).filter(({ name }) => !NEVER.has(name));
      const names = reads.map(({ name }) => name);
      const hidden = hiddenHeaders(model, api, call, names);
      for (const { name, at } of reads.filter((read) => hidden.includes(read.name))) {
        // A wrapper reads it for every call.
        const place = `${at.file} ${String(at.start)}`;
        if (said.has(place)) continue;
        said.add(place);
        yield {
          at,
          message: twoLineMessage(
            `The page gets null here: the response does not expose ${name}.`,
            `List ${name} in Access-Control-Expose-Headers.`,
          ),
          ...remedy(api, request, name),
        };
      }
    }
  },
};

/** What S3 answers to an upload, as `ETag`, which parts of a larger one are put together with. */
function* ofBuckets(model: CorsModel): Iterable<Problem> {
  for (const { read, rule: policy } of readsHiddenByBuckets(model)) {
    if (NEVER.has(read.name)) continue;
    const name = read.name === "etag" ? "ETag" : read.name;
    yield {
      at: read.at,
      message: twoLineMessage(
        `The page gets null here: the bucket's rule does not expose ${name}.`,
        `List ${name} among the exposed headers of the bucket's CORS rule.`,
      ),
      related: [{ at: policy.exposeHeaders?.name ?? policy.at, message: "The rule says so here." }],
      fixes: addItems(policy, "exposeHeaders", [name], [name], "review"),
    };
  }
}

/** No list makes them readable, so no policy is to blame. */
const NEVER = new Set(["set-cookie", "set-cookie2"]);

/** The policy, where it is what writes the header of real responses. */
function remedy(
  api: Api,
  request: BrowserRequest,
  name: string,
): { readonly related: readonly Related[]; readonly fixes: readonly Fix[] } {
  const policy: CorsPolicy | undefined =
    apiTraits[api.kind].policyOnResponses === "nothing" || api.behaviors.length > 0
      ? undefined
      : onlyPolicy(api, request);
  if (policy === undefined) return { related: [], fixes: [] };
  const at = policy.exposeHeaders?.name ?? policy.at;
  return {
    related: [{ at, message: "The policy says so here." }],
    fixes: addItems(policy, "exposeHeaders", [name], [name], "review"),
  };
}
