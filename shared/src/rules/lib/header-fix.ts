/** Fixes that give answers their CORS headers, from what the file already has if it can be done so. */
import type { Fix } from "../../finding";
import type { Edit } from "../../model/edit";
import { uniqueBy } from "../../base/group";
import type { CorsModel, Handler, ResponsePath } from "../../model/model";
import { allowsCredentials, policiesOf } from "../../model/query/platform";
import { ALLOW_CREDENTIALS, ALLOW_ORIGIN } from "../../model/query/responses";
import { within, type Span } from "../../ir/span";
import { possibleLists } from "../../model/value";
import type { RuleContext } from "../../advice/context";
import { lacksAllowOrigin } from "./answers";
import type { MissingHeaderSite, MadeBy } from "./missing-header-sites";
import { headerSourceFor, helperFor, type HeaderSource } from "./header-sources";
import { unique } from "../../advice/text";

/** Adds the headers to this answer or helper, and, when others lack them too, to all answers of the handler. */
export function addCorsHeaders(
  { answers: [{ handler, response, behindGateway }], madeBy: made }: MissingHeaderSite,
  model: CorsModel,
  context: RuleContext,
): readonly Fix[] {
  if (made) return addToHelper(handler, made, model);
  const lacking = handler.responses.filter((other) => lacks(handler, other));
  // One answer may be reached on several ways.
  const byPlace = lacking.map(
    (other) => [JSON.stringify([other.at, other.through]), other] as const,
  );
  const all = [...new Map(byPlace).values()];
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
  const own = headerSourceFor(handler, model, "text");
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
function donorInFront({ bindings: fronts }: Handler, model: CorsModel): HeaderSource | undefined {
  const policies = model.apis
    .filter((api) => fronts.some((front) => front.api === api.id))
    .flatMap(policiesOf);
  const origins = policies.flatMap(({ allowOrigins }) => possibleLists(allowOrigins?.value));
  const [first, ...others] = unique(
    origins.flatMap((list) => list.items.map((item) => item.value)),
  );
  const known = origins.length > 0 && origins.every((list) => list.complete && list.definite);
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
  const donor = headerSourceFor(handler, model);
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
      // Several answers made by one helper share one literal: it is changed once.
      edits: whole ? uniqueBy(places.map((place) => donate(donor, place))) : [],
    };
  };
}

/** Where headers of an answer can be written. */
export type HeadersPlace = { readonly headersBlock: Span } | { readonly responseBlock: Span };

export function placeOf({ headersBlock, responseBlock }: ResponsePath): HeadersPlace | undefined {
  if (headersBlock !== undefined) return { headersBlock };
  return responseBlock === undefined ? undefined : { responseBlock };
}

/** A name means something in its own file only. */
function fits(donor: HeaderSource, place: HeadersPlace): boolean {
  const { file } = "headersBlock" in place ? place.headersBlock : place.responseBlock;
  if ("expression" in donor) return donor.expression.file === file;
  return donor.headers.every(({ value }) => value.kind !== "code" || value.at.file === file);
}

function donate(donor: HeaderSource, place: HeadersPlace): Edit {
  return "expression" in donor
    ? { kind: "spreadHeaders", expression: donor.expression, ...place }
    : { kind: "addHeaders", headers: donor.headers, ...place };
}

/** Opens nothing to unknown origins, yet names them: a person has to look at it. */
function helper(
  handler: Handler,
  responses: readonly ResponsePath[],
  model: CorsModel,
  context: RuleContext,
): readonly Edit[] {
  const { file } = handler;
  const places = uniqueBy(responses.map((response) => helperPlace(handler, response)));
  const blocks = new Set(places.map((place) => JSON.stringify({ ...place, event: undefined })));
  // One place that calls the event by two names is called from where there is another.
  if (places.some((place) => place === undefined) || blocks.size < places.length) return [];
  const known = places.filter((place) => place !== undefined);
  return [{ kind: "insertCorsHelper", file, ...helperFor(handler, model, context), places: known }];
}

/** Where a call of the handler's helper can bring headers into an answer, and the name of the event there. */
export function helperPlace(
  { file, event, function: own }: Handler,
  response: ResponsePath,
): (HeadersPlace & { readonly event: string }) | undefined {
  const place = placeOf(response);
  if (place === undefined) return undefined;
  const block = "headersBlock" in place ? place.headersBlock : place.responseBlock;
  const name = response.event ?? (own && within(block, own.at) ? event : undefined);
  return name !== undefined && block.file === file ? { ...place, event: name } : undefined;
}
