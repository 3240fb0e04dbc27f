/** The API behind a URL, by evidence. */
import { apiTraits } from "../../model/kinds";
import type { Api, BrowserRequest } from "../../model/model";
import { memoizeByIdentity } from "../../base/memoize";
import { sameSpan } from "../../ir/span";
import { constantOf } from "../../model/value";
import { fits } from "../../model/query/path";
import type { UrlParts } from "./url";

type Called = NonNullable<BrowserRequest["api"]>;

/** The API that a request evidently goes to: one that its base is named after, or the only one that serves its path. */
export function apiOf(
  apis: readonly Api[],
  request: Pick<BrowserRequest, "method">,
  parts: UrlParts,
): Called | undefined {
  if (parts.relative || !mayBeAws(parts)) return undefined;
  const method = constantOf(request.method)?.toUpperCase();
  const serving = apis.filter((api) => parts.path !== undefined && serves(api, parts.path, method));
  const named = apis.filter((api) => parts.base !== undefined && isNamedAfter(parts.base, api));
  const [byName, ...otherNames] = named;
  if (byName && otherNames.length === 0) {
    const contradicts =
      parts.path !== undefined &&
      byName.routesComplete &&
      serving.length > 0 &&
      !serving.includes(byName);
    return contradicts
      ? undefined
      : { id: byName.id, because: `${parts.base ?? ""} is named after ${byName.name}` };
  }
  const among = named.length > 0 ? serving.filter((api) => named.includes(api)) : serving;
  const [only] = among;
  if (!only) return onlyApi(apis, parts) ?? onlyUrl(apis, parts);
  if (!isOne(among) || !isTelling(parts) || !allSeen(apis, only)) return undefined;
  return { id: only.id, because: `${parts.path ?? ""} is a path of ${only.name} alone` };
}

/** One construct, though the program may make it several times: a stack for each stage. */
function isOne([first, ...others]: readonly Api[]): boolean {
  return others.every((api) => first !== undefined && sameSpan(api.at, first.at));
}

function isTelling({ path }: UrlParts): boolean {
  return path !== undefined && /\/[^/{}]+/.test(path);
}

function allSeen(apis: readonly Api[], only: Api): boolean {
  return apis.every((api) => api.routesComplete || sameSpan(api.at, only.at));
}

/** `VITE_API_URL` where the application has but one API, which takes every path. */
function onlyApi(apis: readonly Api[], { base, path }: UrlParts): Called | undefined {
  const [only] = apis;
  if (only === undefined || !isOne(apis) || path === undefined || base === undefined)
    return undefined;
  const isApi =
    /^[A-Z][A-Z0-9_]*_(API|ENDPOINT|BACKEND)(_|$)/.test(base) && telling(base).length === 0;
  const takesAll = only.routes.some((route) =>
    ["$default", "/{proxy+}"].includes(constantOf(route.path) ?? ""),
  );
  return isApi && takesAll
    ? { id: only.id, because: `${only.name} is the application's only API` }
    : undefined;
}

/** The only Function URL, where the address says that it is one: `VITE_FUNCTION_URL`, `https://….lambda-url.….on.aws`. */
function onlyUrl(
  apis: readonly Api[],
  { base = "", authority = "" }: UrlParts,
): Called | undefined {
  const urls = apis.filter(({ kind }) => !apiTraits[kind].routed);
  const [only] = urls;
  if (!only || !isOne(urls)) return undefined;
  const isNamed =
    /(^|_)(FUNCTION|LAMBDA|FN)_?(URL|URI|ENDPOINT)$|(function|lambda)(Url|Uri|Endpoint)$/.test(
      base,
    ) && telling(base).length === 0;
  const isAlone =
    urls.length === apis.length &&
    /(^|_)(API|BACKEND)_?(URL|ENDPOINT)?$/.test(base) &&
    telling(base).length === 0;
  return isNamed || isAlone || /\.lambda-url\./.test(authority)
    ? { id: only.id, because: `${only.name} is the application's only Function URL` }
    : undefined;
}

/** Text that names a host: only hosts that AWS gives to APIs count. Without one the host is decided at run time. */
function mayBeAws({ authority }: UrlParts): boolean {
  if (authority === undefined) return true;
  return /\.execute-api\.|\.lambda-url\.|^(https?:)?\/\/\{\}$/.test(authority);
}

/** Whether a route was written for this path. Those that take everything say nothing about it. */
function serves(api: Api, path: string, method: string | undefined): boolean {
  return api.routes.some((route) => {
    const pattern = constantOf(route.path);
    const own = constantOf(route.method)?.toUpperCase();
    if (
      pattern === undefined ||
      own === undefined ||
      pattern === "$default" ||
      pattern === "/{proxy+}" ||
      pattern === "/"
    )
      return false;
    if (own === "OPTIONS" || (own !== "ANY" && method !== undefined && own !== method))
      return false;
    return (
      fits(pattern, path) || (apiTraits[api.kind].stageInPath && fits(pattern, withoutStage(path)))
    );
  });
}

function withoutStage(path: string): string {
  return path.replace(/^\/[^/]+(?=\/)/, "");
}

/** Words that say that something is an address, and of what kind. */
const common = new Set(
  "vite react app next public vue nuxt gatsby expo ng env environment process api apis url uri base host hostname endpoint endpoints gateway http https rest root server service services backend prod production dev staging test stage the my lambda function fn id cdk stack default".split(
    " ",
  ),
);

/** `VITE_ORDERS_API_URL` and `OrdersApi`: the same words, apart from those that any address has. */
function isNamedAfter(base: string, api: Api): boolean {
  const said = telling(base).join(" ");
  return said !== "" && namesOf(api).includes(said);
}

const namesOf = memoizeByIdentity(({ name, aliases = [] }: Api) =>
  [name, ...aliases].map((each) => telling(each).join(" ")),
);

function telling(name: string): readonly string[] {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])(?=[A-Z][a-z])/g, "$1 ")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.filter((word) => word !== "" && !common.has(word));
}
