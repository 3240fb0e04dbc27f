import {
  type CancellationToken,
  type Hover,
  type HoverParams,
  MarkupKind,
} from "vscode-languageserver/node";
import { hoverHeader, hoverRoute } from "../../../shared/src/editor/hover-exchange";
import { hoverPolicy, hoverRequest, type PolicyOption } from "../../../shared/src/editor/hover";
import type { CorsModel } from "../../../shared/src/model/model";
import { policyUses } from "../../../shared/src/model/query/platform";
import { lineStartsOf, type Span } from "../../../shared/src/ir/span";
import { type Context, settle } from "./context";
import { pathOf } from "./convert";
import { newRanges } from "./reports";

interface Told {
  readonly at: Span;
  readonly text: string;
}

/** On a policy its options in effect; on a page's call, a route or a handler's header the exchange and the verdict. */
export function hover(context: Context): void {
  context.connection.onHover((params, token) => hoverAt(context, params, token));
}

async function hoverAt(
  context: Context,
  { textDocument, position }: HoverParams,
  token: CancellationToken,
): Promise<Hover | null> {
  const file = pathOf(textDocument.uri);
  if (file === undefined || !context.configuration.of(file).enable) return null;
  await settle(context, file, token);
  const text = context.analysis.sources.text(file) ?? "";
  const offset = (lineStartsOf(text)[position.line] ?? 0) + position.character;
  const covers = (at: Span): boolean => at.file === file && at.start <= offset && offset <= at.end;
  for (const { model } of context.analysis.results) {
    const told =
      policyAt(model, covers) ??
      requestAt(model, text, covers) ??
      headerAt(model, covers) ??
      routeAt(model, covers);
    if (!told) continue;
    const range = newRanges(context).of(told.at);
    return { contents: { kind: MarkupKind.Markdown, value: told.text }, range };
  }
  return null;
}

/** The policy's own name, or the name of one of its options. */
function policyAt(model: CorsModel, covers: (at: Span) => boolean): Told | undefined {
  for (const { policy } of policyUses(model)) {
    const option = options.find((each) => policy[each] && covers(policy[each].name));
    const at = option ? policy[option]?.name : policy.at;
    if (at && covers(at)) return { at, text: hoverPolicy(model, policy, option) };
  }
  return undefined;
}

const options: readonly PolicyOption[] = [
  "allowOrigins",
  "allowMethods",
  "allowHeaders",
  "exposeHeaders",
  "allowCredentials",
  "maxAge",
];

/** What is called (`fetch`, `apiClient.get`), not its arguments: these have hovers of their own. */
function requestAt(
  model: CorsModel,
  text: string,
  covers: (at: Span) => boolean,
): Told | undefined {
  const found = model.requests.flatMap((request) =>
    [request.at, ...(request.through ?? [])]
      .filter(covers)
      .map((at) => ({ request, at: headOf(at, text) })),
  );
  const near = found.filter(({ at }) => covers(at)).sort((a, b) => length(a.at) - length(b.at));
  for (const { request, at } of near) {
    const told = hoverRequest(model, request);
    if (told !== undefined) return { at, text: told };
  }
  return undefined;
}

/** The name of a CORS header in an answer of a handler. */
function headerAt(model: CorsModel, covers: (at: Span) => boolean): Told | undefined {
  for (const handler of model.handlers) {
    for (const response of handler.responses) {
      const field = response.headers.find(({ at }) => covers(at));
      const text = field && hoverHeader(model, handler, response, field);
      if (field && text !== undefined) return { at: field.at, text };
    }
  }
  return undefined;
}

/** The word that makes a route: `addRoutes`, `addMethod`, the event of a template. */
function routeAt(model: CorsModel, covers: (at: Span) => boolean): Told | undefined {
  for (const api of model.apis) {
    const route = api.routes.find(({ at, generated }) => !generated && covers(at));
    const text = route && hoverRoute(model, api, route);
    if (route && text !== undefined) return { at: route.at, text };
  }
  return undefined;
}

function headOf(at: Span, text: string): Span {
  const open = text.indexOf("(", at.start);
  return open < 0 || open > at.end ? at : { ...at, end: open };
}

function length({ start, end }: Span): number {
  return end - start;
}
