import { traitsOf } from "../../../shared/src/model/kinds";
import {
  type CancellationToken,
  type CompletionItem,
  CompletionItemKind,
  type CompletionParams,
} from "vscode-languageserver/node";
import {
  elementSpans,
  listsAt,
  type MethodEnum,
  methodEnumOf,
  nameOfEnum,
  type Offer,
  offersAt,
  type PolicyList,
} from "../../../shared/src/editor/completion";
import type { Edit, TextEdit } from "../../../shared/src/model/edit";
import type { Language } from "../../../shared/src/ir/facts";
import { lineStartsOf } from "../../../shared/src/ir/span";
import { languageOf } from "../workspace/prefilter";
import { type Context, settle } from "./context";
import { pathOf } from "./convert";
import { type Asked, headerItems, mayBeInCode, policyItems } from "./completion-code";
import { type ElementCursor, elementAt } from "./list-cursor";
import { newRanges } from "./reports";

/** Methods, headers and origins within the lists of CORS policies, CORS headers in handlers, and a whole CORS option. */
export function completion(context: Context): void {
  context.connection.onCompletion((params, token) => completionsAt(context, params, token));
}

async function completionsAt(
  context: Context,
  { textDocument, position }: CompletionParams,
  token: CancellationToken,
): Promise<CompletionItem[]> {
  const file = pathOf(textDocument.uri);
  const language = file === undefined ? undefined : languageOf(file);
  if (file === undefined || !language || !context.configuration.of(file).enable) return [];
  const offset = (lineStartsOf(textOf(context, file))[position.line] ?? 0) + position.character;
  // Quotes ask for completions all over a file: most need no analysis to be turned down.
  const asked: Asked = { file, text: textOf(context, file), offset, language };
  if (!mayBeInList(asked.text, offset) && !mayBeInCode(asked)) return [];
  await settle(context, file, token);
  const models = context.analysis.results.map(({ model }) => model);
  const lists = listsAt(models, file, offset);
  const [list] = lists;
  const cursor = list && elementAt(textOf(context, file), list.at, offset, language);
  if (!list || !cursor)
    return [...headerItems(context, asked), ...(await policyItems(context, asked))];
  const origins = context.configs.optionsFor(file, context.configuration.of(file)).context.origins;
  const offers = offersAt(lists, offset, models, origins);
  const spelling = await spellingOf(context, list, cursor, language);
  return spelling ? offers.flatMap((offer, i) => itemOf(context, offer, i, file, spelling)) : [];
}

function textOf(context: Context, file: string): string {
  return context.analysis.sources.text(file) ?? "";
}

/** How far a list's bracket may lie before the place, in characters. */
const reach = 4000;

function mayBeInList(text: string, offset: number): boolean {
  return text.slice(Math.max(0, offset - reach), offset).includes("[");
}

/** How the elements of a list are written, and what a new one replaces. */
interface Spelling {
  readonly start: number;
  readonly end: number;
  readonly spell: (text: string) => string | undefined;
  /** What the typed text is compared with. */
  readonly filter: (spelt: string, text: string) => string;
  readonly kind: CompletionItemKind;
  /** Changes to the file's imports. */
  readonly imports?: readonly TextEdit[];
}

async function spellingOf(
  context: Context,
  list: PolicyList,
  cursor: ElementCursor,
  language: Language,
): Promise<Spelling | undefined> {
  const others = elementsOf(context, list, cursor);
  const members = language === "template" ? undefined : methodEnumOf(list);
  const prefix = members && prefixOf(others, members);
  if (!members || (prefix === undefined && others.some(isQuoted))) {
    return quotedSpelling(context, list, cursor, others, language);
  }
  const { all } = members;
  const facts = context.analysis.sources.facts(list.at.file);
  const known = prefix ?? (facts && nameOfEnum(facts, members));
  const fresh = known === undefined ? await imported(context, list, members, language) : undefined;
  const name = known ?? fresh?.name;
  if (name === undefined) return undefined;
  return {
    start: cursor.outerStart,
    end: cursor.outerEnd,
    spell: (text) =>
      text === "*" && all === "" ? undefined : `${name}.${text === "*" ? all : text}`,
    filter: (spelt, text) => (cursor.quote === undefined ? spelt : `${cursor.quote}${text}`),
    kind: CompletionItemKind.EnumMember,
    ...(fresh ? { imports: fresh.edits } : {}),
  };
}

/** The enumeration as the writer would import it, told from a method that it adds to the emptied list. */
async function imported(
  context: Context,
  { at, policy }: PolicyList,
  { type }: MethodEnum,
  language: Language,
): Promise<{ readonly name: string; readonly edits: readonly TextEdit[] } | undefined> {
  const { sources, engine } = context.analysis;
  const text = textOf(context, at.file);
  if (text[at.end - 1] !== "]") return undefined;
  const inner = text.slice(at.start + 1, at.end - 1).replace(/\S/g, " ");
  const emptied = text.slice(0, at.start + 1) + inner + text.slice(at.end - 1);
  const write = await engine.frontends[language].writer();
  const field = "allowMethods";
  const add: Edit = { kind: "addToList", list: at, form: policy.form, field, items: ["GET"] };
  const edits = write(at.file, emptied, [add], (file) => sources.text(file)) ?? [];
  const spelt = new RegExp(`([\\w.]*\\b${type})\\.GET\\b`);
  const [, name] = edits.map((edit) => spelt.exec(edit.text)).find((match) => match) ?? [];
  if (name === undefined) return undefined;
  // What does not bring the name is layout, of a list that is not written this way.
  const [root = name] = name.split(".");
  const imports = edits.filter((edit) => edit.at.end <= at.start && edit.text.includes(root));
  return { name, edits: imports };
}

/** What stands before the member in elements such as `apigwv2.CorsHttpMethod.GET`. */
function prefixOf(elements: readonly string[], { type }: MethodEnum): string | undefined {
  const prefixes = elements.map((element) => element.slice(0, element.lastIndexOf(".")));
  return prefixes.find((prefix) => prefix === type || prefix.endsWith(`.${type}`));
}

function quotedSpelling(
  context: Context,
  list: PolicyList,
  cursor: ElementCursor,
  others: readonly string[],
  language: Language,
): Spelling {
  const { quote } = cursor;
  const word = (text: string): string =>
    list.field === "allowMethods" && text === "*"
      ? (traitsOf(list.policy).everyMethod ?? text)
      : text;
  if (quote !== undefined) {
    return {
      start: cursor.start,
      end: cursor.end,
      spell: (text) => word(text) + (cursor.closed ? "" : quote),
      filter: (_spelt, text) => word(text),
      kind: CompletionItemKind.Value,
    };
  }
  const own = others.find(isQuoted)?.at(0) ?? usualQuote(textOf(context, list.at.file), language);
  return {
    start: cursor.start,
    end: cursor.end,
    spell: (text) => `${own}${word(text)}${own}`,
    filter: (_spelt, text) => word(text),
    kind: CompletionItemKind.Value,
  };
}

function isQuoted(element: string): boolean {
  return /^["'`]/.test(element);
}

/** The source of the list's elements, the one at the cursor left out. */
function elementsOf(context: Context, list: PolicyList, cursor: ElementCursor): readonly string[] {
  const text = textOf(context, list.at.file);
  return elementSpans(list)
    .filter(({ start, end }) => end < cursor.outerStart || start > cursor.outerEnd)
    .map(({ start, end }) => text.slice(start, end));
}

/** What a double or single quote opens in most of the file's short strings. */
function usualQuote(text: string, language: Language): string {
  const single = text.match(/'[^'"\n]*'/g)?.length ?? 0;
  const double = text.match(/"[^'"\n]*"/g)?.length ?? 0;
  if (single === double) return language === "typescript" ? "'" : '"';
  return single > double ? "'" : '"';
}

function itemOf(
  context: Context,
  { text, because }: Offer,
  index: number,
  file: string,
  { start, end, spell, filter, kind, imports }: Spelling,
): CompletionItem[] {
  const spelt = spell(text);
  if (spelt === undefined) return [];
  const ranges = newRanges(context);
  const range = ranges.of({ file, start, end });
  const additionalTextEdits = imports?.map(({ at, text: newText }) => ({
    range: ranges.of(at),
    newText,
  }));
  return [
    {
      label: kind === CompletionItemKind.EnumMember ? spelt : text,
      kind,
      detail: because,
      sortText: String(index).padStart(3, "0"),
      filterText: filter(spelt, text),
      textEdit: { range, newText: spelt },
      ...(additionalTextEdits ? { additionalTextEdits } : {}),
    },
  ];
}
