/** What may stand in the headers of a handler's answer: the CORS headers that are not there yet, and their values. */
import { headersNeeded, methodsOf, policyOrigins } from "../advice/needs";
import { PLACEHOLDER_ORIGIN } from "../advice/origin";
import { originOf } from "../browser/url";
import type { Span } from "../ir/span";
import type { CorsModel, Handler, ResponsePath } from "../model/model";
import { apiOf, policyUses, routesTo } from "../model/query/platform";
import { headersFrom } from "../model/query/responsibility";
import { handlerOrigins, type Offer } from "./completion";

/** The literal that holds the headers of some answers. */
export interface HeaderBlock {
  readonly at: Span;
  readonly responses: readonly ResponsePath[];
  readonly handler: Handler;
  readonly model: CorsModel;
}

/** The innermost literal of headers around a place. */
export function headerBlockAt(
  models: readonly CorsModel[],
  file: string,
  offset: number,
): HeaderBlock | undefined {
  const found = models.flatMap((model) =>
    model.handlers.flatMap((handler) =>
      handler.responses.flatMap((response): readonly HeaderBlock[] => {
        const at = response.headersBlock;
        const inside = at?.file === file && at.start < offset && offset <= at.end;
        return at && inside ? [{ at, responses: [response], handler, model }] : [];
      }),
    ),
  );
  const [first] = found.sort((a, b) => a.at.end - a.at.start - (b.at.end - b.at.start));
  if (!first) return undefined;
  const same = found.filter(({ at }) => at.start === first.at.start && at.end === first.at.end);
  return { ...first, responses: same.flatMap(({ responses }) => responses) };
}

const names: Readonly<Record<string, string>> = {
  "Access-Control-Allow-Origin": "Whose pages may read this answer",
  "Access-Control-Allow-Credentials": "Whether they may with cookies",
  "Access-Control-Expose-Headers": "Which headers they may read",
  "Access-Control-Allow-Methods": "For answers to preflights",
  "Access-Control-Allow-Headers": "For answers to preflights",
  "Access-Control-Max-Age": "For answers to preflights, in seconds",
  Vary: "Origin, where the answer differs by it",
};

/** Names that no answer with this literal has; none where API Gateway drops what the function sends. */
export function headerNameOffers({ responses, handler, model }: HeaderBlock): readonly Offer[] {
  const { bindings } = handler;
  const dropped =
    bindings.length > 0 && bindings.every((each) => headersFrom(each, model) === "gateway");
  if (dropped) return [];
  const there = new Set(
    responses.flatMap(({ headers }) => headers.map(({ name }) => name.toLowerCase())),
  );
  return Object.entries(names)
    .filter(([name]) => !there.has(name.toLowerCase()))
    .map(([text, because]) => ({ text, because }));
}

/** Values for a header of this name. */
export function headerValueOffers(
  name: string,
  { handler, model }: HeaderBlock,
  models: readonly CorsModel[],
  origins: readonly string[],
): readonly Offer[] {
  const routes = routesTo(handler, model).filter(({ generated }) => !generated);
  switch (name.toLowerCase()) {
    case "access-control-allow-origin":
      return distinct([
        ...origins.map((text) => ({ text, because: "From the settings" })),
        ...models
          .flatMap((each) => policyUses(each))
          .flatMap(({ policy }) => policyOrigins(policy))
          .map((text) => ({ text, because: "A policy allows it" })),
        ...models
          .flatMap(handlerOrigins)
          .map((text) => ({ text, because: "Another answer allows it" })),
      ]).filter(({ text }) => originOf(text) === text && text !== PLACEHOLDER_ORIGIN);
    case "access-control-allow-credentials":
      return [{ text: "true", because: "The only value that browsers take" }];
    case "access-control-allow-methods":
      return [{ text: methodsOf(routes).join(","), because: "The methods of its routes" }];
    case "access-control-allow-headers": {
      const needed = handler.bindings.flatMap(({ api }) => {
        const own = apiOf(api, model);
        return own ? headersNeeded(own, routes, model).map((need) => need.name) : [];
      });
      const all = [...new Set(["content-type", ...needed])].join(",");
      return [{ text: all, because: "What pages send to its routes" }];
    }
    case "access-control-max-age":
      return [{ text: "7200", because: "The most that Chromium keeps: two hours" }];
    case "vary":
      return [{ text: "Origin", because: "The answer differs by the page's origin" }];
    default:
      return [];
  }
}

function distinct(offers: readonly Offer[]): readonly Offer[] {
  return [
    ...new Map(offers.map((offer) => [offer.text, offer] as const).reverse()).values(),
  ].reverse();
}
