/** The CORS headers that a service makes of a policy, for one request. */
import { traitsOf } from "../model/kinds";
import type { Header } from "../browser/bytes";
import type { Options, OptionList } from "./options";
import { requestHeader, type ApiRequest } from "./types";

/** Headers that are known, and those of which a part is not. */
export interface Written {
  readonly headers: readonly Header[];
  readonly doubts: ReadonlyMap<string, string>;
}

const notSeen = "A part of the policy cannot be seen in the code.";

/**
 * HTTP API and Function URL: nothing unless the request's origin is among those of the policy, which is then repeated,
 * or `*` is (AWS, http-api-cors; urls-configuration). `preflight` adds what only a preflight needs.
 */
export function policyHeaders(options: Options, request: ApiRequest, preflight: boolean): Written {
  const origin = requestHeader(request, "origin");
  const doubts = new Map<string, string>();
  const headers: Header[] = [];
  if (origin === undefined) return { headers, doubts };
  const value = allowOrigin(options, origin, doubts);
  if (value === undefined && !doubts.has("access-control-allow-origin")) return { headers, doubts };
  if (value !== undefined) headers.push(["access-control-allow-origin", value]);
  credentialsHeader(options, headers, doubts);
  listHeader("access-control-expose-headers", options.expose, headers, doubts);
  if (!preflight) return { headers, doubts };
  listHeader("access-control-allow-methods", options.methods, headers, doubts);
  listHeader("access-control-allow-headers", options.headers, headers, doubts);
  expansion(options, doubts);
  if (typeof options.maxAge === "number")
    headers.push(["access-control-max-age", String(options.maxAge)]);
  return { headers, doubts };
}

/** Access-Control-Allow-Origin for this origin; `undefined` when none is sent or it is in doubt. */
function allowOrigin(
  options: Options,
  origin: string,
  doubts: Map<string, string>,
): string | undefined {
  const { items, complete } = options.origins;
  const name = "access-control-allow-origin";
  if (items.includes("*")) {
    if (traitsOf(options.policy).service === "functionUrl" && options.credentials !== false) {
      doubts.set(
        name,
        "AWS does not say whether a Function URL answers * or the origin when credentials are allowed.",
      );
    }
    return "*";
  }
  if (items.some((item) => item === origin || schemeWildcard(options, item, origin))) return origin;
  if (!complete) doubts.set(name, notSeen);
  else if (items.some((item) => item.includes("*") && mayFit(item, origin))) {
    doubts.set(name, "AWS documents no such wildcard within an origin.");
  }
  return undefined;
}

/** `https://*` and `http://*`, documented for HTTP APIs. */
function schemeWildcard({ policy }: Options, item: string, origin: string): boolean {
  if (traitsOf(policy).originWildcard !== "scheme") return false;
  return /^https?:\/\/\*$/.test(item) && origin.startsWith(item.slice(0, -1));
}

function mayFit(pattern: string, origin: string): boolean {
  const [before = "", ...rest] = pattern.split("*");
  return origin.startsWith(before) && origin.endsWith(rest.at(-1) ?? "");
}

export function credentialsHeader(
  options: Options,
  headers: Header[],
  doubts: Map<string, string>,
): void {
  const name = "access-control-allow-credentials";
  if (options.credentials === true) headers.push([name, "true"]);
  if (options.credentials === undefined) doubts.set(name, notSeen);
}

export function listHeader(
  name: string,
  list: OptionList,
  headers: Header[],
  doubts: Map<string, string>,
): void {
  if (list.items.length > 0) headers.push([name, list.items.join(",")]);
  if (!list.complete) doubts.set(name, notSeen);
}

/** Whether the service puts the requested names in the place of `*` is not documented; it matters with credentials. */
function expansion(options: Options, doubts: Map<string, string>): void {
  if (options.credentials === false) return;
  const because = "AWS does not say whether * is replaced by what the browser asked for.";
  if (options.methods.items.includes("*")) doubts.set("access-control-allow-methods", because);
  if (options.headers.items.includes("*")) doubts.set("access-control-allow-headers", because);
}
