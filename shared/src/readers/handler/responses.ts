/** Ways through a handler as response paths of the model. */
import { isSoughtInVain } from "../../interpreter/core/header-names";
import type { ObjectValue, Property, AbstractValue } from "../../interpreter/core/values";
import { isNumber, toValue } from "../library-value";
import { uniqueBy } from "../../base/group";
import type { CorsInBody, HeaderField, ResponsePath, Value } from "../../model/model";
import { keyOfSpan, within, type Span } from "../../ir/span";
import { readCookies } from "./cookies";
import { readLocation } from "./location";
import { fieldsIn, readHeaders } from "./headers";
import { turnedAwayFor } from "./preflights";
import type { Answer, HandlerPath } from "./paths";

/**
 * The response paths of all ways; equal ones appear once.
 * @param wrapper the file of the function around the handler, when it is another one's
 * @param named where the handler is put together with it
 */
export function readResponses(
  paths: readonly HandlerPath[],
  wrapper?: string,
  named?: Span,
): ResponsePath[] {
  const depth = siteDepths(paths);
  const read = (handlerPath: HandlerPath, answer: Answer): ResponsePath => {
    const path = readAnswer(handlerPath, answer, depth);
    const own = wrapper !== undefined && answer.sites.every((site) => site.file !== named?.file);
    return own && named && path.expression.file === wrapper ? ofWrapper(path, answer, named) : path;
  };
  const responses = paths.flatMap((handlerPath) =>
    handlerPath.answers.map((answer) => read(handlerPath, answer)),
  );
  return uniqueBy(responses).sort((a, b) =>
    a.expression.file === b.expression.file ? a.expression.start - b.expression.start : 0,
  );
}

/**
 * How deep in the chain of returns the telling place is. A handler that passes on what its router returned has one
 * outermost return for many answers; the answers are told apart one level further in.
 */
function siteDepths(paths: readonly HandlerPath[]): (sites: readonly Span[]) => number {
  const next = new Map<string, Set<string>>();
  for (const handlerPath of paths) {
    for (const { sites } of handlerPath.answers) {
      sites.forEach((site, i) => {
        const inner = sites[i + 1];
        const known = next.get(keyOfSpan(site)) ?? new Set<string>();
        if (inner) known.add(keyOfSpan(inner));
        next.set(keyOfSpan(site), known);
      });
    }
  }
  return (sites) => {
    let depth = 0;
    while (depth + 1 < sites.length && (next.get(keyOfSpan(sites[depth] as Span))?.size ?? 0) > 1)
      depth++;
    return depth;
  };
}

function readAnswer(
  handlerPath: HandlerPath,
  answer: Answer,
  depthOf: (sites: readonly Span[]) => number,
): ResponsePath {
  const { value, sites } = answer;
  const depth = depthOf(sites);
  const site = sites[depth] ?? value.at;
  const method = methodOf(handlerPath);
  const base = {
    expression: site,
    reachedBy: answer.by,
    ...(handlerPath.caught ? { afterCatch: true as const } : {}),
    ...(method === undefined ? {} : { method }),
    ...notFor(handlerPath),
    ...turnedAway(handlerPath, method),
    ...(refusesOrigin(handlerPath) ? { originRefused: true as const } : {}),
    through: sites.slice(depth + 1),
    ...(answer.events[depth] === undefined ? {} : { event: answer.events[depth] }),
  };
  if (value.t !== "object") {
    const because = value.t === "unknown" ? value.because : "a response that cannot be seen";
    const status: Value<number> = { kind: "unknown", because, at: value.at };
    return { ...base, at: site, status, headers: [], headersComplete: false, because };
  }
  const helper = sites.length > depth + 1 ? sites.at(-1) : undefined;
  return { ...base, ...readObject(handlerPath, value, site, helper), ...madeBy(value, helper) };
}

/** What a wrapper answers in the handler's place: it is told where the two are put together. */
function ofWrapper(path: ResponsePath, { value, sites }: Answer, named: Span): ResponsePath {
  const { made } = value.t === "object" ? madeBy(value, sites.at(-1)) : path;
  return made ? { ...path, at: named, through: sites, made } : path;
}

/** A literal within what a helper returns, or built up before. */
function madeBy(value: ObjectValue, helper: Span | undefined): Pick<ResponsePath, "made"> {
  const slot = value.props.get("statusCode");
  if (!helper || !slot || !(within(value.at, helper) || sameFunction(value.at, helper))) return {};
  const headers = value.props.get("headers")?.value;
  const block = headers?.t === "object" && within(headers.at, value.at) ? headers.at : undefined;
  const at = slot.name;
  return { made: { at, ...(block ? { headersBlock: block } : {}), responseBlock: value.at } };
}

function readObject(
  handlerPath: HandlerPath,
  value: ObjectValue,
  site: Span,
  helper: Span | undefined,
): Omit<ResponsePath, "expression" | "reachedBy" | "through"> {
  const slot = value.props.get("statusCode");
  const status: Value<number> = slot
    ? toStatus(slot.value)
    : { kind: "unknown", because: value.open ?? "no status code", at: value.at };
  const headers = readHeaders(value, handlerPath.constraints);
  const headersValue = value.props.get("headers")?.value;
  const body = value.props.get("body")?.value;
  const inBody = corsInBody(body, handlerPath.constraints);
  const cookies = readCookies(value);
  return {
    at:
      slot && within(slot.value.at, site)
        ? slot.value.at
        : slot && !helper && !within(value.at, site) && sameFunction(slot.entry, site)
          ? slot.entry
          : site,
    status,
    headers: headers.fields,
    headersComplete: headers.complete,
    ...(headers.because === undefined ? {} : { because: headers.because }),
    ...(headersValue?.t === "object" && within(headersValue.at, site)
      ? { headersBlock: headersValue.at }
      : {}),
    ...(within(value.at, site) ? { responseBlock: value.at } : {}),
    ...(slot === undefined && value.open === undefined ? { statusMissing: true as const } : {}),
    ...(inBody ? { corsInBody: inBody } : {}),
    ...(cookies.length > 0 ? { cookies } : {}),
    ...readLocation(value),
    ...(isEmpty(body) && value.open === undefined ? { bodyless: true as const } : {}),
    ...corsSource(value.props.get("headers")),
  };
}

/** What brought Access-Control-Allow-Origin: by a spread, or as the headers as a whole. */
function corsSource(headers: Property | undefined): Pick<ResponsePath, "corsFrom" | "corsBy"> {
  if (headers?.value.t !== "object") return {};
  const { value, written } = headers;
  const origin = [...value.props].find(
    ([name]) => name.toLowerCase() === "access-control-allow-origin",
  )?.[1];
  if (!origin) return {};
  const from = headers.from ?? origin.spreadFrom;
  const literal = written?.file === value.at.file && written.start === value.at.start;
  const by = [...(written && !literal ? [written] : []), ...(origin.spread ? [origin.spread] : [])];
  return { ...(from ? { corsFrom: from } : {}), ...(by.length > 0 ? { corsBy: by } : {}) };
}

/** `200`, and `"200"` as API Gateway takes it. */
function toStatus(value: AbstractValue): Value<number> {
  if (value.t === "const" && typeof value.value === "string" && /^\d{3}$/.test(value.value)) {
    return { kind: "known", value: Number(value.value), at: value.at };
  }
  return toValue(value, isNumber);
}

/** A response that statements built up: written in the same file, before the place that returns it. */
function sameFunction(entry: Span, site: Span): boolean {
  return entry.file === site.file && entry.end <= site.start;
}

/** The way was taken because the request's `Origin`, or all headers, were refused or missing. */
function refusesOrigin(handlerPath: HandlerPath): boolean {
  return (
    ["headers\0origin", "headers"].some(
      (part) => handlerPath.constraints.get(part)?.refused === true,
    ) || isSoughtInVain(handlerPath.constraints, "origin")
  );
}

function turnedAway(
  handlerPath: HandlerPath,
  method: string | undefined,
): Pick<ResponsePath, "turnedAwayFor"> {
  const lacking = method === undefined ? turnedAwayFor(handlerPath) : undefined;
  return lacking === undefined ? {} : { turnedAwayFor: lacking };
}

/** A request always has a method, in the place where its payload format has it. */
function notFor({ constraints }: HandlerPath): Pick<ResponsePath, "notFor"> {
  const lacks = (path: string): boolean => {
    const found = constraints.get(path.replaceAll(".", "\0"));
    return found?.truthy === false;
  };
  const has = (path: string): boolean => {
    const found = constraints.get(path.replaceAll(".", "\0"));
    return found?.truthy === true || found?.equals !== undefined;
  };
  const context = lacks("requestContext");
  const v1 = context || lacks("httpMethod");
  const v2 = context || lacks("requestContext.http") || lacks("requestContext.http.method");
  // What has the method in one place lacks it in the other.
  const known =
    has("httpMethod") || has("requestContext.http.method") || has("requestContext.http");
  if (known || !(v1 || v2)) return {};
  return { notFor: [...(v1 ? (["1.0"] as const) : []), ...(v2 ? (["2.0"] as const) : [])] };
}

/** `OPTIONS`, when the way is taken for that method only. */
function methodOf(handlerPath: HandlerPath): string | undefined {
  for (const path of [
    ["httpMethod"],
    ["requestContext", "http", "method"],
    ["requestContext", "httpMethod"],
    ["method"],
  ]) {
    const equals = handlerPath.constraints.get(path.join("\0"))?.equals;
    if (equals?.t === "const" && typeof equals.value === "string")
      return equals.value.toUpperCase();
  }
  const route = handlerPath.constraints.get("routeKey")?.equals;
  return route?.t === "const" && typeof route.value === "string"
    ? route.value.split(" ")[0]
    : undefined;
}

/** CORS headers among the keys of the value that became the body. */
export function corsInBody(
  body: AbstractValue | undefined,
  constraints: HandlerPath["constraints"],
): CorsInBody | undefined {
  const source =
    body?.t === "extern" && body.made.by === "call" ? body.made.args.positional[0] : body;
  if (source?.t !== "object") return undefined;
  const among = fieldsIn(source, constraints).filter(isCors);
  const slot = [...source.props].find(([name]) => name.toLowerCase() === "headers")?.[1];
  const meant = slot?.value.t === "object" ? fieldsIn(slot.value, constraints) : [];
  const inner = meant.some(isCors) ? slot : undefined;
  if (among.length === 0 && !inner) return undefined;
  const expression = inner && (inner.from ?? inner.written);
  return {
    fields: inner ? [...among, ...meant] : among,
    entries: [...among.flatMap(({ entry }) => entry ?? []), ...(inner ? [inner.entry] : [])],
    ...(expression && among.length === 0 ? { expression } : {}),
    ...(inner?.from ? { reusable: true as const } : {}),
  };
}

const isCors = ({ name }: HeaderField): boolean => /^access-control-allow-/i.test(name);

const isEmpty = (body: AbstractValue | undefined): boolean =>
  body === undefined || (body.t === "const" && !body.value);
