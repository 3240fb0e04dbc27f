/** Completions in handlers (names and values of CORS headers) and of a whole CORS option in a construct. */
import { CompletionItemKind, type CompletionItem } from "vscode-languageserver/node";
import type { Language } from "../../../shared/src/ir/facts";
import {
  headerBlockAt,
  headerNameOffers,
  headerValueOffers,
} from "../../../shared/src/editor/completion-headers";
import type { Api, CorsModel } from "../../../shared/src/model/model";
import { addPolicy } from "../../../shared/src/rules/lib/api-fix";
import type { Context } from "./context";
import { entryAt } from "./list-cursor";
import { newRanges } from "./reports";

/** Where completions were asked for. */
export interface Asked {
  readonly file: string;
  readonly text: string;
  readonly offset: number;
  readonly language: Language;
}

/** How far a place may lie behind the word that says what it is in, in characters. */
const reach = 4000;

/** Whether the text before the place has the word of headers, or of a construct. */
export function mayBeInCode({ text, offset }: Asked): boolean {
  const before = text.slice(Math.max(0, offset - reach), offset);
  return /headers/i.test(before) || /[({,]\s*(cors|default_?[cC]ors)\w*$/.test(before);
}

/** Names of headers where a key is written, values behind it. */
export function headerItems(
  context: Context,
  { file, text, offset, language }: Asked,
): CompletionItem[] {
  const models = context.analysis.results.map(({ model }) => model);
  const block = headerBlockAt(models, file, offset);
  const cursor = block && entryAt(text, block.at, offset, language);
  if (!block || !cursor) return [];
  const { context: rules } = context.configs.optionsFor(file, context.configuration.of(file));
  const key = cursor.key?.replace(/^["'`]|["'`]$/g, "");
  const offers =
    key === undefined
      ? headerNameOffers(block)
      : headerValueOffers(key, block, models, rules.origins);
  const own = cursor.quote ?? quoteOf(text, block.at.start, language);
  const range = newRanges(context).of({ file, start: cursor.start, end: cursor.end });
  return offers.map(({ text: word, because }, i) => {
    const quoted =
      cursor.quote === undefined ? own + word + own : word + (cursor.closed ? "" : own);
    const colon =
      key === undefined && !/^["'`]?\s*:/.test(text.slice(cursor.end)) && !cursor.closed;
    return {
      label: word,
      kind: key === undefined ? CompletionItemKind.Property : CompletionItemKind.Value,
      detail: because,
      sortText: String(i).padStart(3, "0"),
      filterText: word,
      textEdit: { range, newText: colon ? `${quoted}: ` : quoted },
    };
  });
}

/** The quote of the literal's first text. */
function quoteOf(text: string, start: number, language: Language): string {
  return /["']/.exec(text.slice(start, start + 400))?.[0] ?? (language === "python" ? '"' : "'");
}

/** The whole CORS option of an API that has none, in the place of the word that begins it. */
export async function policyItems(context: Context, asked: Asked): Promise<CompletionItem[]> {
  const { file, text, offset, language } = asked;
  const typed = /[({,]\s*((?:cors|default_?[cC]ors)\w*)$/.exec(
    text.slice(Math.max(0, offset - 400), offset),
  )?.[1];
  if (typed === undefined || language === "template") return [];
  const start = offset - typed.length;
  const rest = /^\w*/.exec(text.slice(offset))?.[0].length ?? 0;
  const found = innermost(context, file, start);
  if (!found) return [];
  const { api, model } = found;
  const { context: rules } = context.configs.optionsFor(file, context.configuration.of(file));
  const [fix] = addPolicy({ ...api, cors: { kind: "none" } }, model, rules);
  if (!fix) return [];
  const { sources, engine } = context.analysis;
  const write = await engine.frontends[language].writer();
  // The word is not there yet, for the writer; offsets stay what they are.
  const end = offset + rest;
  const without = text.slice(0, start) + " ".repeat(end - start) + text.slice(end);
  const edits = write(file, without, fix.edits, (path) => sources.text(path)) ?? [];
  const option = edits.find(({ text: added }) => optionIn(added) !== undefined);
  const words = option && optionIn(option.text);
  if (!option || words === undefined) return [];
  const ranges = newRanges(context);
  return [
    {
      label: `${/^\w+/.exec(words)?.[0] ?? typed} (complete)`,
      kind: CompletionItemKind.Snippet,
      detail: fix.title,
      filterText: /^\w+/.exec(words)?.[0] ?? typed,
      sortText: "000",
      textEdit: { range: ranges.of({ file, start, end }), newText: words },
      additionalTextEdits: edits
        .filter((edit) => edit !== option)
        .map(({ at, text: newText }) => ({ range: ranges.of(at), newText })),
    },
  ];
}

/** The option in what a writer adds, without what stands around it. */
function optionIn(added: string): string | undefined {
  const from =
    /\b(corsPreflight|defaultCorsPreflightOptions|cors_preflight|default_cors_preflight_options|cors)\s*[:=]/.exec(
      added,
    );
  if (!from) return undefined;
  const words = added.slice(from.index).trimEnd();
  // The bracket of what stands around is there already.
  const whole = words.endsWith("}") && !balanced(words) ? words.slice(0, -1).trimEnd() : words;
  return whole.endsWith(",") ? whole.slice(0, -1) : whole;
}

function balanced(text: string): boolean {
  const count = (chars: RegExp): number => text.match(chars)?.length ?? 0;
  return count(/[([{]/g) === count(/[)\]}]/g);
}

/** The API whose call is the smallest around a place. */
function innermost(
  context: Context,
  file: string,
  offset: number,
): { readonly api: Api; readonly model: CorsModel } | undefined {
  const all = context.analysis.results.flatMap(({ model }) =>
    model.apis.map((api) => ({ api, model })),
  );
  const around = all.filter(
    ({ api: { call, cors, props } }) =>
      call.file === file &&
      call.start < offset &&
      offset <= call.end &&
      (props === undefined || (props.start < offset && offset <= props.end)) &&
      cors.kind !== "policy",
  );
  return around.sort(
    (a, b) => a.api.call.end - a.api.call.start - (b.api.call.end - b.api.call.start),
  )[0];
}
