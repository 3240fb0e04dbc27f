import { ruleBucket, type BucketLack } from "../gateway";
import { groupBy } from "../base/group";
import type { Fix, Problem, Related } from "../finding";
import type { Edit, NewPolicy } from "../model/edit";
import type { Api, Bucket, CorsModel, CorsPolicy } from "../model/model";
import { browserEvidence } from "../model/query/exposure";
import { bucketUses, uploadsOf, type BucketUse, type Upload } from "../model/query/uploads";
import { possibleLists } from "../model/value";
import type { RuleContext } from "../advice/context";
import { originsFor, uploadHeaders } from "../advice/needs";
import { originFault } from "../advice/origin";
import { isLocalOrigin, originsOf } from "../advice/page-origins";
import { addItems } from "../advice/policy-fix";
import { inWords, titleOf, twoLineMessage, unique } from "../advice/text";
import type { Rule } from "./rule";

/**
 * A page uploads with a URL that a handler signs, and no CORS rule of the bucket lets it. S3 tries its rules in order and
 * takes the first that fits; where none does, it answers the preflight with 403.
 */
export const rule: Rule = {
  id: "upload-refused-by-bucket",
  summary: "No CORS rule of a bucket allows the upload for which a handler signs a URL.",
  severity: "warning",
  browserSays:
    "Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  failsAt: "preflight-allow-origin-present",
  *check(model, context) {
    const asked = [...uploadsOf(model), ...signedOnly(model)];
    const refusals = asked.flatMap((use) => refusalsOf(use, model));
    for (const same of groupBy(refusals, (refusal) => [keyOf(refusal)]).values())
      yield problem(same, model, context);
  },
};

type Asked = BucketUse & Partial<Pick<Upload, "request">>;

interface Refusal {
  readonly use: Asked;
  readonly lack: BucketLack;
}

/** URLs that pages of other origins evidently ask for, where the call that uploads is not seen. A form posts without CORS. */
function signedOnly(model: CorsModel): readonly Asked[] {
  const seen = new Set(uploadsOf(model).map(({ bucket }) => bucket));
  return bucketUses(model).filter(
    ({ bucket, signed, apis }) =>
      !seen.has(bucket) &&
      signed.method === "PUT" &&
      apis.some((api) => browserEvidence(api, model) !== undefined),
  );
}

/** What the bucket refuses to pages of each origin that the code names. */
function refusalsOf(use: Asked, model: CorsModel): readonly Refusal[] {
  const { bucket, signed, request, apis } = use;
  const headers = request ? uploadHeaders(request) : [];
  const origins = pageOrigins(apis, model);
  return (origins.length > 0 ? origins : [undefined]).flatMap((origin): Refusal[] => {
    const ruling = ruleBucket(bucket, {
      method: signed.method,
      headers,
      ...(origin === undefined ? {} : { origin }),
    });
    if (ruling.kind !== "refuses" || isToldOfOrigin(ruling.lack)) return [];
    return [{ use, lack: ruling.lack }];
  });
}

/** The origins that the APIs name; a developer's machine counts where no other is named. */
function pageOrigins(apis: readonly Api[], model: CorsModel): readonly string[] {
  const all = unique(apis.flatMap((api) => originsOf(model, api)));
  const deployed = all.filter((origin) => !isLocalOrigin(origin));
  return deployed.length > 0 ? deployed : all;
}

/** `origin-never-matches` tells of an origin that is written wrongly. */
function isToldOfOrigin(lack: BucketLack): boolean {
  if (lack.what !== "origin") return false;
  return possibleLists(lack.rule.allowOrigins?.value).some(({ items }) =>
    items.some(({ value }) => originFault(value, "bucket")?.meant?.includes(lack.origin)),
  );
}

/** The same cause, whichever page meets it. */
function keyOf({ use: { bucket, signed }, lack }: Refusal): string {
  const place = lack.what === "rules" ? "" : `${lack.rule.at.file} ${String(lack.rule.at.start)}`;
  const method = lack.what === "method" ? signed.method : "";
  return `${bucket.at.file} ${String(bucket.at.start)} ${lack.what} ${place} ${method}`;
}

function problem(
  all: readonly [Refusal, ...Refusal[]],
  model: CorsModel,
  context: RuleContext,
): Problem {
  const [{ use, lack }] = all;
  const { browser, why } = messageOf(all);
  return {
    at: placeOf(use.bucket, lack),
    message: twoLineMessage(browser, why),
    ...(all.some(({ use: { request } }) => request) ? {} : { severity: "information" as const }),
    related: relatedOf(all),
    fixes: lack.what === "rules" ? addRule(all, model, context) : completed(all, lack.rule),
  };
}

function placeOf(bucket: Bucket, lack: BucketLack): Problem["at"] {
  switch (lack.what) {
    case "rules":
      return bucket.at;
    case "origin":
      return lack.rule.allowOrigins?.name ?? lack.rule.at;
    case "method":
      return lack.rule.allowMethods?.name ?? lack.rule.at;
    case "headers":
      return lack.rule.allowHeaders?.name ?? lack.rule.at;
  }
}

function messageOf(all: readonly [Refusal, ...Refusal[]]): { browser: string; why: string } {
  const [{ use, lack }] = all;
  const { name } = use.bucket;
  const { method } = use.signed;
  switch (lack.what) {
    case "rules":
      return {
        browser: `The browser refuses uploads to ${name}: the bucket has no CORS rule.`,
        why: `A signed URL lets a page upload, but S3 answers a preflight with 403 unless a CORS rule of the bucket allows it. Add one for ${method}.`,
      };
    case "origin":
      return {
        browser: `The browser refuses uploads from ${shortList(originsIn(all))}.`,
        why: `No CORS rule of ${name} allows that origin, and the API that signs the URL does. Add it.`,
      };
    case "method":
      return {
        browser: `The browser refuses uploads to ${name}: no CORS rule allows ${method}.`,
        why: `S3 answers the preflight with 403. Add ${method} to the allowed methods.`,
      };
    case "headers":
      return {
        browser: `The browser refuses uploads to ${name}: the page sends ${shortList(namesIn(all))}.`,
        why: `S3 answers a preflight with 403 when it asks for a header that no CORS rule allows. Add ${inWords(namesIn(all))} to the allowed headers.`,
      };
  }
}

function shortList(names: readonly string[]): string {
  return names.length > 1 ? `${names[0] ?? ""} and others` : (names[0] ?? "");
}

const originsIn = (all: readonly Refusal[]): readonly string[] =>
  unique(all.flatMap(({ lack }) => (lack.what === "origin" ? [lack.origin] : [])));

const namesIn = (all: readonly Refusal[]): readonly string[] =>
  unique(
    all.flatMap(({ lack }) =>
      lack.what === "headers" || lack.what === "method" ? lack.names : [],
    ),
  );

function relatedOf(all: readonly [Refusal, ...Refusal[]]): readonly Related[] {
  const [{ use }] = all;
  const request = all.find((refusal) => refusal.use.request)?.use.request;
  return [
    ...(request ? [{ at: request.at, message: "The page uploads here." }] : []),
    { at: use.signed.at, message: "The URL is signed here." },
  ];
}

/** A rule with what the uploads need. Which origins may upload, people decide. */
function addRule(
  all: readonly [Refusal, ...Refusal[]],
  model: CorsModel,
  context: RuleContext,
): readonly Fix[] {
  const [{ use: first }] = all;
  const { bucket } = first;
  if (!bucket.takesRules) return [];
  const uses = all.map(({ use }) => use);
  const named = pageOrigins(
    uses.flatMap(({ apis }) => apis),
    model,
  );
  const requests = uses.flatMap(({ request }) => request ?? []);
  const whole = requests.length > 0 && requests.every(({ headersComplete }) => headersComplete);
  const headers = whole ? unique(requests.flatMap(uploadHeaders)) : ["*"];
  const reads = requests.flatMap(({ readsHeaders = [] }) => readsHeaders.map(({ name }) => name));
  const policy: NewPolicy = {
    allowOrigins: named.length > 0 ? named : originsFor(model, context),
    allowMethods: unique(uses.map(({ signed }) => signed.method)),
    ...(headers.length > 0 ? { allowHeaders: headers } : {}),
    ...(reads.includes("etag") ? { exposeHeaders: ["ETag"] } : {}),
  };
  const edit: Edit = { kind: "addPolicy", form: "bucket", call: bucket.call, policy };
  return [{ title: `Add a CORS rule to ${bucket.name}`, safety: "review", edits: [edit] }];
}

/** The rule that comes nearest, with what it lacks. */
function completed(all: readonly [Refusal, ...Refusal[]], nearest: CorsPolicy): readonly Fix[] {
  const [{ use, lack }] = all;
  const { method } = use.signed;
  switch (lack.what) {
    case "method":
      return joined([
        ...addItems(nearest, "allowMethods", [method], [method], "review"),
        ...addHeaders(nearest, namesIn(all)),
      ]);
    case "headers":
      return addHeaders(nearest, namesIn(all));
    case "origin": {
      const [list, ...others] = possibleLists(nearest.allowOrigins?.value);
      if (list?.at === undefined || others.length > 0) return [];
      const items = originsIn(all);
      const { form } = nearest;
      const edit: Edit = { kind: "addToList", list: list.at, form, field: "allowOrigins", items };
      return [{ title: titleOf("Allow", items, "origins"), safety: "review", edits: [edit] }];
    }
    case "rules":
      return [];
  }
}

function addHeaders(nearest: CorsPolicy, names: readonly string[]): readonly Fix[] {
  return names.length === 0 ? [] : addItems(nearest, "allowHeaders", names, names, "review");
}

/** One fix of several, called after the first. */
function joined([first, ...others]: readonly Fix[]): readonly Fix[] {
  if (first === undefined) return [];
  return [{ ...first, edits: [first, ...others].flatMap(({ edits }) => edits) }];
}
