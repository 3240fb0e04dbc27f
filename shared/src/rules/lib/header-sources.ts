/** What the file already has of CORS headers, for answers that are to have them too. */
import { originOf } from "../../browser/url";
import type { AnswerSource, CorsHelper, EntryHeader, NewHeader } from "../../model/edit";
import { uniqueBy, groupBy } from "../../base/group";
import type { CorsModel, Handler, HeaderField, ResponsePath } from "../../model/model";
import {
  ALLOW_CREDENTIALS,
  ALLOW_ORIGIN,
  headersNamed,
  statusesOf,
} from "../../model/query/responses";
import { keyOfSpan, type Span } from "../../ir/span";
import { possibleLists, branches, constantOf } from "../../model/value";
import type { RuleContext } from "../../advice/context";
import { sendsCredentials } from "./answers";
import { originsFor } from "../../advice/needs";
import { originFault } from "../../advice/origin";
import { unique } from "../../advice/text";

/** What another answer has: an expression to use again, or headers to write once more. */
export type HeaderSource =
  | { readonly expression: Span; readonly names: readonly string[] }
  | { readonly headers: readonly NewHeader[] };

/** The donor for answers of the handler anywhere in its file; `text` where names would mean nothing. */
export function headerSourceFor(
  handler: Handler,
  model: CorsModel,
  only?: "text",
): HeaderSource | undefined {
  const candidates = answersAround(handler, model);
  const giver = candidates.find(({ corsFrom }) => corsFrom?.file === handler.file);
  if (giver?.corsFrom !== undefined && only === undefined) {
    return { expression: giver.corsFrom, names: giver.headers.map(({ name }) => name) };
  }
  for (const response of candidates) {
    const headers = headersOf(response, candidates, only ? undefined : handler.file);
    if (headers) return { headers };
  }
  return undefined;
}

/** The answers of the handler, then those of the file's other handlers. */
function answersAround(handler: Handler, model: CorsModel): readonly ResponsePath[] {
  const siblings = model.handlers.filter(
    ({ file, id }) => file === handler.file && id !== handler.id,
  );
  return [handler, ...siblings].flatMap((each) => each.responses).filter(isExample);
}

/** An origin that no browser sends is a mistake of its own: to write it in more places would spread it. */
function isExample(response: ResponsePath): boolean {
  return headersNamed(response, ALLOW_ORIGIN).every(({ value }) =>
    branches<string | number | boolean>(value).every(
      (each) => each.kind !== "known" || originFault(String(each.value), "header") === undefined,
    ),
  );
}

/** The headers that tell who may read an answer; browsers refuse credentials beside `*`. */
function corsFields(response: ResponsePath): readonly HeaderField[] {
  const open = headersNamed(response, ALLOW_ORIGIN).some(({ value }) => constantOf(value) === "*");
  return response.headers.filter(
    ({ name }) =>
      /^(access-control-(allow-(origin|credentials)|expose-headers)|vary)$/i.test(name) &&
      !(open && name.toLowerCase() === ALLOW_CREDENTIALS),
  );
}

/** The headers by names of the module in `file`, else by their texts. */
function headersOf(
  response: ResponsePath,
  all: readonly ResponsePath[],
  file: string | undefined,
): readonly NewHeader[] | undefined {
  const written = corsFields(response).map((field): NewHeader | undefined => {
    const { name, from, maybe, multi } = field;
    if (from && from.file === file && !maybe && !multi)
      return { name, value: { kind: "code", at: from } };
    const text = textOf(field);
    return text === undefined ? undefined : { name, value: { kind: "text", text } };
  });
  const [origin] = headersNamed(response, ALLOW_ORIGIN);
  const complete = written.every((header) => header !== undefined);
  return complete && origin && isFixed(origin, all) ? written : undefined;
}

function textOf(field: HeaderField): string | undefined {
  const text = constantOf(field.value);
  return field.maybe || field.multi || text === undefined ? undefined : String(text);
}

/** The same on every way: what a list let through, or put in its place, is no text to write elsewhere. */
function isFixed(origin: HeaderField, responses: readonly ResponsePath[]): boolean {
  const { at } = origin;
  return responses
    .flatMap((response) => headersNamed(response, ALLOW_ORIGIN))
    .filter((other) => other.at.file === at.file && other.at.start === at.start)
    .every((other) => constantOf(other.value) === constantOf(origin.value));
}

/** A helper for the handler's file: for the origins that its own list lets through, else for the user's. */
export function helperFor(handler: Handler, model: CorsModel, context: RuleContext): CorsHelper {
  return {
    origins: ownOrigins(handler) ?? originsFor(model, context),
    credentials: handler.responses.some(sendsCredentials),
  };
}

/** The origins that the handler compares the request's with, where these and nothing else decide. */
function ownOrigins({ responses }: Handler): readonly string[] | undefined {
  const values = responses
    .flatMap((response) => headersNamed(response, ALLOW_ORIGIN))
    .flatMap(({ value }) => branches<string | number | boolean>(value));
  let checked = false;
  const origins: string[] = [];
  for (const value of values) {
    if (value.kind === "known") origins.push(String(value.value));
    else if (value.kind !== "fromRequest" || value.guard.kind !== "exact") return undefined;
    else {
      const lists = possibleLists(value.guard.allowed);
      if (lists.length === 0 || lists.some(({ complete }) => !complete)) return undefined;
      origins.push(...lists.flatMap(({ items }) => items.map((item) => item.value)));
      checked = true;
    }
  }
  const valid = unique(origins).filter((text) => originOf(text) === text);
  return checked && valid.length > 0 ? valid : undefined;
}

/** What an answer to an exception may take its headers from, the best first. */
export function answerSources(
  handler: Handler,
  model: CorsModel,
  context: RuleContext,
): readonly AnswerSource[] {
  const all = answersAround(handler, model);
  const good = all.filter((response) => headersNamed(response, ALLOW_ORIGIN).some(isUsable));
  const sorted = [...good].sort((a, b) => rank(a) - rank(b));
  const here = (at: Span): boolean => at.file === handler.file;
  const expressions = sorted
    .flatMap(({ corsFrom, corsBy = [] }) => [...(corsFrom ? [corsFrom] : []), ...corsBy])
    .filter(here)
    .map((at): AnswerSource => ({ kind: "expression", at }));
  const headers = sorted.flatMap((response): AnswerSource[] => {
    const entries = entriesOf(response, all, here);
    return entries ? [{ kind: "headers", headers: entries }] : [];
  });
  return [
    ...uniqueBy([...callsOf(handler), ...expressions, ...headers]),
    ...helperSource(handler, model, context),
  ];
}

/** Answers of failures come first: what they send fits another failure best. */
function rank(response: ResponsePath): number {
  const [status = 0] = statusesOf(response);
  return status >= 500 ? 0 : status >= 400 ? 1 : 2;
}

/** The calls by which the handler answers failures, and nothing else. */
function callsOf({ file, responses }: Handler): readonly AnswerSource[] {
  const sitesOf = ({ expression, through, made }: ResponsePath): readonly Span[] =>
    made === undefined ? [] : [...through].reverse().concat(expression);
  const bySite = groupBy(responses, (response) => sitesOf(response).map(keyOfSpan));
  return [...responses]
    .sort((a, b) => rank(a) - rank(b))
    .flatMap((response) => sitesOf(response).filter((at) => at.file === file))
    .flatMap((at): AnswerSource[] => {
      const made = bySite.get(keyOfSpan(at)) ?? [];
      const statuses = unique(made.map(({ status }) => String(constantOf(status))));
      const status = Number(statuses[0]);
      const sent = made.every((each) =>
        headersNamed(each, ALLOW_ORIGIN).some((field) => isSure(field) && isUsable(field)),
      );
      return statuses.length === 1 && status >= 400 && sent ? [{ kind: "call", at, status }] : [];
    });
}

/** No browser takes several origins in one value. */
const isUsable = (field: HeaderField): boolean => !/[,\s]/.test(textOf(field) ?? "");

const isSure = ({ maybe }: HeaderField): boolean => maybe !== true;

/** The headers as their entries say them; what echoes any origin is not said again. */
function entriesOf(
  response: ResponsePath,
  all: readonly ResponsePath[],
  here: (at: Span) => boolean,
): readonly (EntryHeader | NewHeader)[] | undefined {
  const [origin] = headersNamed(response, ALLOW_ORIGIN);
  const fixed = origin !== undefined && isFixed(origin, all);
  const written = corsFields(response).map((field): EntryHeader | NewHeader | undefined => {
    const { name, entry, value, maybe, multi } = field;
    if (maybe || multi || branches<unknown>(value).some(isEchoed)) return undefined;
    const text = fixed ? textOf(field) : undefined;
    if (entry && here(entry)) return { name, entry, ...(text === undefined ? {} : { text }) };
    return text === undefined ? undefined : { name, value: { kind: "text", text } };
  });
  return written.every((header) => header !== undefined) ? written : undefined;
}

function isEchoed(value: ReturnType<typeof branches>[number]): boolean {
  return value.kind === "fromRequest" && value.guard.kind !== "exact";
}

/** A helper of its own says who may read, where no other answer says so or a list does. */
function helperSource(
  handler: Handler,
  model: CorsModel,
  context: RuleContext,
): readonly AnswerSource[] {
  const { responses, event } = handler;
  const silent =
    responses.some(({ headersComplete }) => headersComplete) &&
    responses.every((response) => headersNamed(response, ALLOW_ORIGIN).length === 0);
  if (event === undefined || (!silent && ownOrigins(handler) === undefined)) return [];
  return [{ kind: "helper", ...helperFor(handler, model, context) }];
}
