/** Fixes that give answers their CORS headers, from what the file already has if it can be done so. */
import type { Fix } from "../../finding";
import type { Edit, NewHeader } from "../../model/edit";
import type { CorsModel, Handler, HeaderField, ResponsePath } from "../../model/model";
import {
  ALLOW_CREDENTIALS,
  ALLOW_ORIGIN,
  allowsCredentials,
  headersNamed,
  policiesOf,
} from "../../model/query";
import type { Span } from "../../model/span";
import { alternatives, settled } from "../../model/values";
import type { RuleContext } from "../context";
import { lacksAllowOrigin, sendsCredentials } from "./answers";
import type { Cause, MadeBy } from "./causes";
import { originsFor } from "./needs";
import { unique } from "./text";

/** Adds the headers to this answer or helper, and, when others lack them too, to all answers of the handler. */
export function addCorsHeaders(
  { answers: [{ handler, response, behindGateway }], made }: Cause,
  model: CorsModel,
  context: RuleContext,
): readonly Fix[] {
  if (made) return addToHelper(handler, made, model);
  const all = handler.responses.filter((other) => lacks(handler, other));
  const write = writer(handler, model, context);
  const fix = (title: string, { safety, edits }: Given): Fix => ({ title, safety, edits });
  const here = write([response]);
  if (here.edits.length === 0) return [];
  const fixes = [fix("Add CORS headers to this response", here)];
  const every = write(all);
  if (all.length < 2 || every.edits.length === 0) return fixes;
  const everywhere = fix(`Add CORS headers to all ${all.length} responses`, every);
  // Behind a gateway one report stands for all answers of the handler: it would only move on to the next.
  return behindGateway ? [everywhere] : [...fixes, everywhere];
}

/** A helper knows neither the event nor the handler's names: only headers that can be written out fit there. */
function addToHelper(handler: Handler, made: MadeBy, model: CorsModel): readonly Fix[] {
  const own = donorFor(handler, model, "text");
  const donor = own ?? donorInFront(handler, model);
  if (donor === undefined) return [];
  const { headersBlock, responseBlock } = made;
  const place = headersBlock ? { headersBlock } : { responseBlock };
  return [
    {
      title: "Add CORS headers to what is made here",
      safety: own ? "safe" : "review",
      edits: [donate(donor, place)],
    },
  ];
}

/** What the policies in front allow to preflights, where it is one origin, or every one. */
function donorInFront({ fronts }: Handler, model: CorsModel): Donor | undefined {
  const policies = model.apis
    .filter((api) => fronts.some((front) => front.api === api.id))
    .flatMap(policiesOf);
  const origins = policies.flatMap(({ allowOrigins }) => alternatives(allowOrigins?.value));
  const [first, ...others] = unique(
    origins.flatMap((list) => list.items.map((item) => item.value)),
  );
  const known = origins.length > 0 && origins.every((list) => list.complete && list.sure);
  if (first === undefined || others.length > 0 || !known) return undefined;
  const text = (name: string, value: string) => ({
    name,
    value: { kind: "text", text: value } as const,
  });
  const credentials = first !== "*" && policies.every(allowsCredentials);
  return {
    headers: [
      text("Access-Control-Allow-Origin", first),
      ...(credentials ? [text("Access-Control-Allow-Credentials", "true")] : []),
    ],
  };
}

function lacks(handler: Handler, response: ResponsePath): boolean {
  return lacksAllowOrigin({ handler, response, behindGateway: false });
}

type Writer = (responses: readonly ResponsePath[]) => Given;

interface Given extends Pick<Fix, "safety" | "edits"> {
  /** Names of the headers that the answers get, lower case. */
  readonly names: readonly string[];
}

/** Gives answers the headers by which the browser decides who may read them. */
export function writer(handler: Handler, model: CorsModel, context: RuleContext): Writer {
  const donor = donorFor(handler, model);
  if (donor === undefined) {
    const names = [ALLOW_ORIGIN, ALLOW_CREDENTIALS, "vary"];
    return (responses) => ({
      safety: "review",
      edits: helper(handler, responses, model, context),
      names,
    });
  }
  const sent = "expression" in donor ? donor.names : donor.headers.map(({ name }) => name);
  const names = sent.map((name) => name.toLowerCase());
  return (responses) => {
    const places = responses.map(placeOf).filter((place) => place !== undefined);
    const whole = places.length === responses.length && places.every((place) => fits(donor, place));
    return {
      safety: "safe",
      names,
      edits: whole ? uniqueEdits(places.map((place) => donate(donor, place))) : [],
    };
  };
}

/** What another answer has: an expression to use again, or headers to write once more. */
type Donor =
  | { readonly expression: Span; readonly names: readonly string[] }
  | { readonly headers: readonly NewHeader[] };

function donorFor(handler: Handler, model: CorsModel, only?: "text"): Donor | undefined {
  const siblings = model.handlers.filter(
    ({ file, id }) => file === handler.file && id !== handler.id,
  );
  const candidates = [handler, ...siblings].flatMap((each) => each.responses);
  const giver = candidates.find(({ corsFrom }) => corsFrom?.file === handler.file);
  if (giver?.corsFrom !== undefined && only === undefined) {
    return { expression: giver.corsFrom, names: giver.headers.map(({ name }) => name) };
  }
  for (const response of candidates) {
    const headers = response.headers.filter(({ name }) =>
      /^(access-control-(allow-(origin|credentials)|expose-headers)|vary)$/i.test(name),
    );
    const written = headers.map(rewrite);
    const complete = written.every((header) => header !== undefined);
    const [origin] = headersNamed(response, ALLOW_ORIGIN);
    if (complete && origin && isFixed(origin, candidates)) return { headers: written };
  }
  return undefined;

  function rewrite(header: ResponsePath["headers"][number]): NewHeader | undefined {
    const text = settled(header.value);
    if (header.maybe || header.multi || text === undefined) return undefined;
    return { name: header.name, value: { kind: "text", text: String(text) } };
  }
}

/** The same on every way: what a list let through, or put in its place, is no text to write elsewhere. */
function isFixed(origin: HeaderField, responses: readonly ResponsePath[]): boolean {
  const { at } = origin;
  return responses
    .flatMap((response) => headersNamed(response, ALLOW_ORIGIN))
    .filter((other) => other.at.file === at.file && other.at.start === at.start)
    .every((other) => settled(other.value) === settled(origin.value));
}

/** Where headers of an answer can be written. */
export type HeadersPlace = { readonly headersBlock: Span } | { readonly responseBlock: Span };

export function placeOf({ headersBlock, responseBlock }: ResponsePath): HeadersPlace | undefined {
  if (headersBlock !== undefined) return { headersBlock };
  return responseBlock === undefined ? undefined : { responseBlock };
}

/** A name means something in its own file only. */
function fits(donor: Donor, place: HeadersPlace): boolean {
  const block = "headersBlock" in place ? place.headersBlock : place.responseBlock;
  return !("expression" in donor) || donor.expression.file === block.file;
}

function donate(donor: Donor, place: HeadersPlace): Edit {
  return "expression" in donor
    ? { kind: "spreadHeaders", expression: donor.expression, ...place }
    : { kind: "addHeaders", headers: donor.headers, ...place };
}

/** Several answers made by one helper share one literal: it is changed once. */
function uniqueEdits(edits: readonly Edit[]): readonly Edit[] {
  return [...new Map(edits.map((edit) => [JSON.stringify(edit), edit])).values()];
}

/** Opens nothing to unknown origins, yet names them: a person has to look at it. */
function helper(
  handler: Handler,
  responses: readonly ResponsePath[],
  model: CorsModel,
  context: RuleContext,
): readonly Edit[] {
  const places = responses.map(placeOf).filter((place) => place !== undefined);
  const unlike = places.filter((place, index) => {
    return places.findIndex((other) => JSON.stringify(other) === JSON.stringify(place)) === index;
  });
  if (places.length < responses.length || handler.event === undefined) return [];
  if (
    unlike.some(
      (place) =>
        ("headersBlock" in place ? place.headersBlock : place.responseBlock).file !== handler.file,
    )
  )
    return [];
  const credentials = handler.responses.some(sendsCredentials);
  const origins = originsFor(model, context);
  return [
    {
      kind: "insertCorsHelper",
      file: handler.file,
      origins,
      credentials,
      places: unlike,
      event: handler.event,
    },
  ];
}
