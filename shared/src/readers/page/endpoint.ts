/** Calls to addresses that the settings give for APIs. */
import { withoutEnd } from "../../base/trim";
import type { Api, BrowserRequest } from "../../model/model";
import { sameSpan } from "../../ir/span";
import type { UrlParts } from "./url";

export interface Deployed {
  readonly api: NonNullable<BrowserRequest["api"]>;
  /** The path below the endpoint: without a stage or a domain's base path. */
  readonly path?: string;
}

interface Address {
  /** `https://api.example.com`, in lower case and without the scheme's own port. */
  readonly origin: string;
  /** Without a slash at the end. */
  readonly path: string;
}

/**
 * The API at the endpoint that a URL begins with. Of several endpoints the longest decides.
 * @param endpoints URLs by construct id
 */
export function atEndpoint(
  apis: readonly Api[],
  endpoints: Readonly<Record<string, string>>,
  { authority, path }: UrlParts,
): Deployed | undefined {
  const origin = authority === undefined ? undefined : addressOf(authority)?.origin;
  if (origin === undefined) return undefined;
  const fitting = Object.entries(endpoints).flatMap(([name, url]) => {
    const address = addressOf(url);
    if (address?.origin !== origin || !isBelow(path, address.path)) return [];
    return [{ name, url, address }];
  });
  const longest = Math.max(...fitting.map(({ address }) => address.path.length));
  const [best, ...rivals] = fitting.filter(({ address }) => address.path.length === longest);
  if (!best || rivals.length > 0) return undefined;
  const api = named(apis, best.name);
  if (!api) return undefined;
  const rest = path?.slice(best.address.path.length);
  return {
    api: { id: api.id, because: `${best.url} is the endpoint of ${api.name} in the settings` },
    ...(rest === undefined ? {} : { path: rest === "" ? "/" : rest }),
  };
}

function addressOf(url: string): Address | undefined {
  const match = /^(https?:)\/\/([^/?#]+)([^?#]*)/i.exec(url);
  if (!match) return undefined;
  const [, scheme = "", host = "", path = ""] = match;
  const own = scheme.toLowerCase() === "https:" ? /:443$/ : /:80$/;
  return {
    origin: `${scheme}//${host.replace(own, "")}`.toLowerCase(),
    path: withoutEnd(path, "/"),
  };
}

function isBelow(path: string | undefined, base: string): boolean {
  if (base === "") return true;
  return path !== undefined && (path === base || path.startsWith(`${base}/`));
}

/** By construct id, or the whole id of the model. A construct that is made several times is one. */
function named(apis: readonly Api[], name: string): Api | undefined {
  const [found, ...others] = apis.filter((api) => api.name === name || api.id === name);
  return found && others.every((api) => sameSpan(api.at, found.at)) ? found : undefined;
}
