/** Recorded exchanges from outside: unknown JSON becomes an `Exchange`, or a sentence saying why not. */
import { type Exchange, type Header, type ScriptRequest } from "../../../shared/src/browser";
import type { HopResponses, WireResponse } from "../../../shared/src/browser";

/** An exchange with the name it is reported under. */
export interface NamedExchange {
  readonly id: string;
  readonly exchange: Exchange;
}

/** Input that cannot be judged. The message is for the user. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads one line's object in the shape of the recorded data. Throws `ShapeError`. */
export function toExchange(value: unknown): Exchange {
  const fields = object(value, "an exchange");
  const hops = fields["redirectHops"];
  const exchange: Exchange = { request: toRequest(fields["request"]), ...toHop(fields) };
  if (hops === undefined || hops === null) return exchange;
  const redirectHops = array(hops, "redirectHops").map((hop) =>
    toHop(object(hop, "a redirect hop")),
  );
  return { ...exchange, redirectHops };
}

/** An object, or `ShapeError`. */
export function object(value: unknown, what: string): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  throw new ShapeError(`${what} is no object`);
}

/** An array, or `ShapeError`. */
export function array(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  throw new ShapeError(`${what} is no array`);
}

/** A string, or `ShapeError`. */
export function text(value: unknown, what: string): string {
  if (typeof value === "string") return value;
  throw new ShapeError(`${what} is no string`);
}

function toRequest(value: unknown): ScriptRequest {
  const fields = object(value, "request");
  const method = text(fields["method"] ?? "GET", "request.method");
  const listener = fields["uploadListener"] === true;
  const request: ScriptRequest = {
    origin: text(fields["origin"], "request.origin"),
    url: text(fields["url"], "request.url"),
    method,
    headers: toHeaders(fields["headers"] ?? [], "request.headers"),
    credentials: oneOf(fields["credentials"], ["same-origin", "omit", "include"], "credentials"),
    mode: oneOf(fields["mode"], ["cors", "no-cors", "same-origin"], "mode"),
    redirect: oneOf(fields["redirect"], ["follow", "manual", "error"], "redirect"),
    api: oneOf(fields["api"], ["fetch", "xhr"], "api"),
    body:
      fields["body"] === undefined || fields["body"] === null ? null : text(fields["body"], "body"),
  };
  return listener ? { ...request, uploadListener: true } : request;
}

function toHop(fields: Fields): HopResponses {
  return {
    preflightResponse: toResponse(fields["preflightResponse"], "preflightResponse"),
    actualResponse: toResponse(fields["actualResponse"], "actualResponse"),
  };
}

function toResponse(value: unknown, what: string): WireResponse | null {
  if (value === undefined || value === null) return null;
  const fields = object(value, what);
  const { status = 0, rawHead } = fields;
  if (typeof status !== "number") throw new ShapeError(`${what}.status is no number`);
  return {
    status,
    headers: toHeaders(fields["headers"] ?? [], `${what}.headers`),
    ...(rawHead === undefined ? {} : { rawHead: text(rawHead, `${what}.rawHead`) }),
    ...(fields["connectionReset"] === true ? { connectionReset: true } : {}),
    ...(fields["malformedHead"] === true ? { malformedHead: true } : {}),
  };
}

/** `[name, value]` pairs, or HAR's `{ name, value }`. */
export function toHeaders(value: unknown, what: string): Header[] {
  return array(value, what).map((entry) => {
    if (Array.isArray(entry)) return [text(entry[0], what), text(entry[1], what)];
    const fields = object(entry, what);
    return [text(fields["name"], what), text(fields["value"], what)];
  });
}

function oneOf<T extends string>(value: unknown, allowed: readonly [T, ...T[]], what: string): T {
  if (value === undefined || value === null) return allowed[0];
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new ShapeError(`${what} is none of ${allowed.join(", ")}`);
  return found;
}
