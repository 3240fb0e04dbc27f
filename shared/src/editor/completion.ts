/** What may stand in the lists of a CORS policy: known methods and headers, and what the workspace says of pages. */
import { policyTraits, traitsOf } from "../model/kinds";
import { isForbiddenRequestHeader, SAFELISTED_RESPONSE_HEADERS } from "../browser";
import { originOf } from "../browser/url";
import type { FileFacts, Stmt } from "../ir/facts";
import type { Api, CorsModel, CorsPolicy, PolicyForm } from "../model/model";
import { allowsCredentials, handlersOf, policyUses, routesUnder } from "../model/query/platform";
import type { Span } from "../ir/span";
import { possibleLists, branches, knownBranches } from "../model/value";
import { headersNeeded, methodsOf, policyOrigins, unsafeHeaders } from "../advice/needs";
import { PLACEHOLDER_ORIGIN } from "../advice/origin";

const listFields = ["allowOrigins", "allowMethods", "allowHeaders", "exposeHeaders"] as const;

type ListField = (typeof listFields)[number];

/** A list literal that a policy takes, in the words of one of the models that hold it. */
export interface PolicyList {
  readonly field: ListField;
  readonly at: Span;
  readonly policy: CorsPolicy;
  readonly api: Api | undefined;
  readonly model: CorsModel;
}

/** Something that may be added to a list. */
export interface Offer {
  /** The value: a method, a header, an origin; `*` for all of them. */
  readonly text: string;
  /** Why it is offered. */
  readonly because: string;
}

/** The list literals of policies around a place, once for each policy that takes the list; the innermost only. */
export function listsAt(
  models: readonly CorsModel[],
  file: string,
  offset: number,
): readonly PolicyList[] {
  const found = models.flatMap((model) =>
    policyUses(model).flatMap(({ policy, api }) =>
      listFields.flatMap((field) =>
        literalsOf(policy, field)
          .filter((at) => at.file === file && at.start < offset && offset <= at.end)
          .map((at) => ({ field, at, policy, api, model })),
      ),
    ),
  );
  const shortest = Math.min(...found.map(({ at }) => at.end - at.start));
  return found.filter(({ at }) => at.end - at.start === shortest);
}

function literalsOf(policy: CorsPolicy, field: ListField): readonly Span[] {
  const value = policy[field]?.value;
  return value ? branches(value).map(({ at }) => at) : [];
}

/**
 * What may be added at a place in the lists, the likeliest first, without what is there already.
 *
 * @param models all that is known of the workspace, for origins
 * @param origins the user's own origins, from settings
 */
export function offersAt(
  lists: readonly PolicyList[],
  offset: number,
  models: readonly CorsModel[],
  origins: readonly string[],
): readonly Offer[] {
  const [list] = lists;
  if (!list) return [];
  const there = new Set(lists.flatMap((one) => itemsOf(one, offset)).map((i) => i.toLowerCase()));
  const offers = { allowOrigins, allowMethods, allowHeaders, exposeHeaders }[list.field];
  const all = offers(lists, models, origins);
  const texts = new Set<string>();
  const fresh = all.filter(({ text }) => {
    const key = text.toLowerCase();
    return !there.has(key) && !texts.has(key) && texts.add(key);
  });
  if (there.has("*")) return [];
  const stars = there.size === 0 && !lists.some(({ policy }) => allowsCredentials(policy));
  return stars ? fresh : fresh.filter(({ text }) => text !== "*");
}

/** Where the elements that are written in the list itself stand. */
export function elementSpans({ policy, field, at }: PolicyList): readonly Span[] {
  const value = policy[field]?.value;
  return (value ? branches(value) : []).flatMap((branch) => {
    if (branch.kind !== "known" || branch.at !== at) return [];
    const spans = branch.value.map((item) => item.at);
    return spans.filter((one) => one.file === at.file && at.start < one.start && one.end <= at.end);
  });
}

/** The values that the list has, what stands at the place left out: it is being written. */
function itemsOf({ policy, field, at }: PolicyList, offset: number): readonly string[] {
  const lists = possibleLists(policy[field]?.value).filter((list) => list.at === at);
  return lists.flatMap(({ items }) =>
    items
      .filter((item) => item.at.file !== at.file || offset < item.at.start || item.at.end < offset)
      .map(({ value }) => value),
  );
}

function allowOrigins(
  _lists: readonly PolicyList[],
  models: readonly CorsModel[],
  origins: readonly string[],
): Offer[] {
  const policies = models.flatMap((model) => policyUses(model)).map(({ policy }) => policy);
  return [
    ...origins.map((text) => ({ text, because: "From the settings" })),
    ...policies
      .flatMap((policy) => policyOrigins(policy))
      .map((text) => ({ text, because: "Another policy allows it" })),
    ...models.flatMap(handlerOrigins).map((text) => ({ text, because: "A handler allows it" })),
  ].filter(({ text }) => originOf(text) === text && text !== PLACEHOLDER_ORIGIN);
}

/** Origins that handlers send, or compare the request's with. */
export function handlerOrigins(model: CorsModel): string[] {
  const fields = model.handlers
    .flatMap(({ responses }) => responses.flatMap(({ headers }) => headers))
    .filter(({ name }) => name.toLowerCase() === "access-control-allow-origin");
  return fields.flatMap(({ value }) =>
    branches(value).flatMap((branch) => {
      if (branch.kind === "known") return [String(branch.value)];
      if (branch.kind !== "fromRequest" || branch.guard.kind !== "exact") return [];
      return knownBranches(branch.guard.allowed).flatMap((allowed) =>
        allowed.value.flatMap((item) => knownBranches(item).map((one) => one.value)),
      );
    }),
  );
}

function allowMethods(lists: readonly PolicyList[]): Offer[] {
  const [form] = lists.map(({ policy }) => policy.form);
  const { methods, everyMethod } = policyTraits[form ?? "httpApi"];
  const known = everyMethod === undefined ? methods : [...methods, "*"];
  const routed = lists.flatMap(({ api, policy }) => {
    const routes = api ? routesUnder(api, policy) : [];
    return routes.length > 0 ? methodsOf(routes) : [];
  });
  return [
    ...routed
      .filter((text) => known.includes(text))
      .map((text) => ({ text, because: "A route has this method" })),
    ...known.map((text) => ({ text, because: text === "*" ? "Every method" : "HTTP method" })),
  ];
}

const requestHeaders = [
  "Content-Type",
  "Authorization",
  "X-Api-Key",
  "X-Amz-Date",
  "X-Amz-Security-Token",
  "X-Amz-User-Agent",
  "X-Amz-Content-Sha256",
  "X-CSRF-Token",
  "X-XSRF-Token",
  "X-Requested-With",
  "X-Request-Id",
  "X-Correlation-Id",
  "Idempotency-Key",
  "If-Match",
  "If-None-Match",
  "Range",
  "Cache-Control",
  "Traceparent",
  "Tracestate",
];

/** Headers that need no permission, and those that a proxy adds on the way to the handler. */
const notFromPages =
  /^(?:accept|accept-language|content-language|user-agent|forwarded|stripe-signature)$|^(?:x-forwarded-|x-amzn-|cloudfront-|x-hub-)/;

function allowHeaders(lists: readonly PolicyList[]): Offer[] {
  const evident = lists.flatMap(({ api, policy, model }): Offer[] => {
    const needs = api ? headersNeeded(api, routesUnder(api, policy), model) : [];
    const read = api ? handlersOf(api, model).flatMap(({ readsHeaders }) => readsHeaders) : [];
    const sent = model.requests.filter((request) => !request.api || request.api.id === api?.id);
    return [
      ...needs.map(({ name, because }) => ({ text: name, because: sentence(because.message) })),
      ...read.map(({ name }) => ({ text: name, because: `The handler reads ${name}` })),
      ...sent
        .flatMap((request) => unsafeHeaders(request))
        .map(({ name, because }) => ({ text: name, because: sentence(because.message) })),
    ];
  });
  const possible = evident.filter(
    ({ text }) => !notFromPages.test(text) && !isForbiddenRequestHeader(text, ""),
  );
  const common = requestHeaders.map((text) => ({ text, because: "Request header" }));
  const all = { text: "*", because: "Every header except Authorization" };
  return inStyle([...possible, ...common, all], lists, requestHeaders);
}

/** A related message without its reference to a place. */
function sentence(message: string): string {
  return message.replace(/(?: here)?\.$/, "");
}

const responseHeaders = [
  "ETag",
  "Location",
  "Link",
  "Retry-After",
  "Content-Disposition",
  "Content-Range",
  "WWW-Authenticate",
  "X-Total-Count",
  "X-Request-Id",
  "X-Amzn-RequestId",
  "X-Amzn-Trace-Id",
  "X-Amz-Apigw-Id",
];
const bucketHeaders = ["ETag", "x-amz-request-id", "x-amz-id-2", "x-amz-version-id"];

function exposeHeaders(lists: readonly PolicyList[]): Offer[] {
  const sent = lists.flatMap(({ api, model }) =>
    api ? handlersOf(api, model).flatMap(({ responses }) => responses) : [],
  );
  const names = sent.flatMap(({ headers }) => headers.map(({ name }) => name.toLowerCase()));
  const hidden = names.filter(
    (name) =>
      !name.startsWith("access-control-") &&
      !SAFELISTED_RESPONSE_HEADERS.includes(name) &&
      !["vary", "set-cookie"].includes(name),
  );
  const common = lists.some(({ policy }) => traitsOf(policy).service === "s3")
    ? bucketHeaders
    : responseHeaders;
  const offers = [
    ...hidden.map((text) => ({ text, because: "The handler sends it" })),
    ...common.map((text) => ({ text, because: "Response header" })),
    { text: "*", because: "Every header" },
  ];
  return inStyle(offers, lists, common);
}

/** Header names in the case of the list's other elements; lower case where it has none. */
function inStyle(
  offers: readonly Offer[],
  lists: readonly PolicyList[],
  known: readonly string[],
): Offer[] {
  const written = lists.flatMap((list) => itemsOf(list, -1)).filter((name) => name.length > 3);
  if (!written.some((name) => /^[A-Z]/.test(name))) {
    return offers.map((offer) => ({ ...offer, text: offer.text.toLowerCase() }));
  }
  const spelling = (name: string): string =>
    known.find((one) => one.toLowerCase() === name.toLowerCase()) ??
    name.replace(/(?<=^|-)[a-z]/g, (letter) => letter.toUpperCase());
  return offers.map((offer) => ({ ...offer, text: spelling(offer.text) }));
}

/** The enumeration that a form's list of methods is written with, and its member that means all. */
export interface MethodEnum {
  /** The module after `aws-cdk-lib/aws-` or `aws_cdk.aws_`. */
  readonly module: string;
  readonly type: string;
  readonly all: string;
}

/** Names as in aws-cdk-lib 2.276; the other forms take strings. */
const methodEnums: Readonly<Partial<Record<PolicyForm, MethodEnum>>> = {
  httpApi: { module: "apigatewayv2", type: "CorsHttpMethod", all: "ANY" },
  functionUrl: { module: "lambda", type: "HttpMethod", all: "ALL" },
  bucket: { module: "s3", type: "HttpMethods", all: "" },
};

export function methodEnumOf({ field, policy }: PolicyList): MethodEnum | undefined {
  return field === "allowMethods" ? methodEnums[policy.form] : undefined;
}

/** How a file that imports an enumeration, its module or the whole CDK names it; `undefined` when it imports none. */
export function nameOfEnum(facts: FileFacts, { module, type }: MethodEnum): string | undefined {
  const own = new RegExp(`(?:^|[/.])aws_${module}(?:_alpha)?$`);
  const names: string[] = [];
  for (const { from, imported, local } of importsOf(facts.body)) {
    const source = from.replaceAll("-", "_");
    const whole = imported === "*" || imported === "default";
    if (own.test(source)) {
      if (whole) names.push(`${local}.${type}`);
      else if (imported === type) names.unshift(local);
    } else if (source === "aws_cdk_lib" || source === "aws_cdk") {
      if (imported === `aws_${module}`) names.push(`${local}.${type}`);
      else if (whole) names.push(`${local}.aws_${module}.${type}`);
    }
  }
  // A longer path is that of the whole library, which is there for other reasons.
  return names.sort((a, b) => a.split(".").length - b.split(".").length)[0];
}

function importsOf(body: readonly Stmt[]): { from: string; imported: string; local: string }[] {
  return body.flatMap((stmt) =>
    stmt.k === "import" ? stmt.names.map((name) => ({ from: stmt.from, ...name })) : [],
  );
}
