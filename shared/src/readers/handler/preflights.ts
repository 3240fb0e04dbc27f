/** Which ways preflights take: they carry no token, no cookie, no header of the application and no body (Fetch). */
import type { PathConstraint } from "../../interpreter/core/path-explorer";
import type { HandlerPath } from "./paths";

/** Whether a part of the request is its method, by its path in the event. */
export function isMethod(path: readonly string[]): boolean {
  return /^(httpMethod|method|routeKey|requestContext,(http,method|httpMethod|routeKey))$/.test(
    path.join(),
  );
}

/** Request headers that a preflight has as well. */
const ownHeaders =
  /^(origin|host|user-agent|accept|accept-language|accept-encoding|referer|connection|content-length|x-forwarded-(for|port|proto)|x-amzn-trace-id|sec-[\w-]+|access-control-request-(method|headers))$/;

/**
 * What the request lacks for want of which this way is taken, where a preflight takes it for certain: it never has that
 * either, and nothing else decides. The name of a header, `cookies` or `body`.
 */
export function turnedAwayFor({ constraints }: HandlerPath): string | undefined {
  let lacking: string | undefined;
  for (const [key, found] of constraints) {
    const path = key.split("\0");
    if (isMethod(path)) {
      if (found.equals || found.differs.some(isOptions)) return undefined;
      continue;
    }
    if (!asked(found)) continue;
    const part = partOf(path);
    if (part === "own") {
      if (found.refused) return undefined;
      continue;
    }
    if (part === undefined || found.equals || found.truthy === true) return undefined;
    if (!isMissing(found)) return undefined;
    lacking ??= part;
  }
  return lacking;
}

const isOptions = (value: PathConstraint["differs"][number]): boolean =>
  value.t === "const" && String(value.value).toUpperCase() === "OPTIONS";

const asked = ({ equals, differs, truthy, refused, checks }: PathConstraint): boolean =>
  equals !== undefined ||
  differs.length > 0 ||
  truthy !== undefined ||
  refused === true ||
  checks.length > 0;

const isMissing = ({ truthy, refused, checks }: PathConstraint): boolean =>
  truthy === false || (refused === true && checks.every(({ holds }) => !holds));

/** The part in the words of `turnedAwayFor`; `own` for what a preflight has, too; `undefined` for what it may have. */
function partOf([first = "", name, ...rest]: readonly string[]): string | undefined {
  if (first === "headers" && name === undefined) return "own";
  if (first === "headers" && name !== undefined && rest.length === 0)
    return ownHeaders.test(name) ? "own" : name;
  if (first === "cookies" || (first === "body" && name === undefined)) return first;
  return undefined;
}
