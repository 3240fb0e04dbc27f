/** What an editor does with a report: outline, folding, links to the code, and lenses. */
import {
  CodeLens,
  Disposable,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  l10n,
  languages,
  Range,
  SymbolKind,
  type TextDocument,
  Uri,
} from "vscode";
import { type Reports, scheme } from "./reports";

/** Makes reports readable. */
export function showReports(reports: Reports): Disposable {
  const selector = { scheme };
  return Disposable.from(
    languages.registerDocumentSymbolProvider(selector, { provideDocumentSymbols: symbols }),
    languages.registerFoldingRangeProvider(selector, { provideFoldingRanges: folds }),
    languages.registerDocumentLinkProvider(selector, {
      provideDocumentLinks: (document) => links(document, reports.of(document.uri)?.answer.root),
    }),
    languages.registerCodeLensProvider(selector, {
      provideCodeLenses: (document) => lenses(document, reports),
    }),
  );
}

interface Heading {
  readonly level: number;
  readonly text: string;
  readonly line: number;
  /** The last line of its section. */
  readonly end: number;
}

function headings(document: TextDocument): readonly Heading[] {
  const found: Omit<Heading, "end">[] = [];
  for (let line = 0; line < document.lineCount; line++) {
    const match = /^(#{1,3}) (.+)$/.exec(document.lineAt(line).text);
    if (match) found.push({ level: match[1]?.length ?? 1, text: match[2] ?? "", line });
  }
  return found.map((heading, i) => {
    const next = found.slice(i + 1).find(({ level }) => level <= heading.level);
    return { ...heading, end: lastFilled(document, (next?.line ?? document.lineCount) - 1) };
  });
}

function lastFilled(document: TextDocument, from: number): number {
  let line = from;
  while (line > 0 && document.lineAt(line).isEmptyOrWhitespace) line--;
  return line;
}

function symbols(document: TextDocument): DocumentSymbol[] {
  const roots: DocumentSymbol[] = [];
  const open: { readonly level: number; readonly symbol: DocumentSymbol }[] = [];
  for (const { level, text, line, end } of headings(document)) {
    const range = new Range(line, 0, end, document.lineAt(end).text.length);
    const symbol = new DocumentSymbol(
      text,
      "",
      SymbolKind.String,
      range,
      document.lineAt(line).range,
    );
    while (open.length > 0 && (open.at(-1)?.level ?? 0) >= level) open.pop();
    (open.at(-1)?.symbol.children ?? roots).push(symbol);
    open.push({ level, symbol });
  }
  return roots;
}

function folds(document: TextDocument): FoldingRange[] {
  return headings(document)
    .filter(({ line, end, level }) => end > line && level > 1)
    .map(({ line, end }) => new FoldingRange(line, end));
}

/** `source: lib/stack.ts:12` leads to the line. */
function links(document: TextDocument, root: string | null | undefined): DocumentLink[] {
  if (!root) return [];
  const found: DocumentLink[] = [];
  for (let line = 0; line < document.lineCount; line++) {
    const match = /^( {2}source: )((.+):(\d+))$/.exec(document.lineAt(line).text);
    if (!match) continue;
    const [, before = "", label = "", file = "", number = "1"] = match;
    const target = Uri.joinPath(Uri.parse(root), file).with({ fragment: `L${number}` });
    const range = new Range(line, before.length, line, before.length + label.length);
    const link = new DocumentLink(range, target);
    link.tooltip = l10n.t("Open the line");
    found.push(link);
  }
  return found;
}

function lenses({ uri }: TextDocument, reports: Reports): CodeLens[] {
  const report = reports.of(uri);
  if (!report) return [];
  const lens = (line: number, title: string, command: string, ...args: readonly unknown[]) =>
    new CodeLens(new Range(line, 0, line, 0), { title, command, arguments: [...args] });
  const top = [
    lens(0, l10n.t("$(refresh) Probe again"), "corsLens.probe.again", uri),
    lens(0, l10n.t("$(type-hierarchy) Draw"), "corsLens.probe.draw", uri),
    lens(0, l10n.t("$(save) Save"), "corsLens.probe.save", uri),
  ];
  const copies: CodeLens[] = [];
  for (const [line, text] of report.answer.text.split("\n").entries()) {
    if (!text.startsWith("again: ")) continue;
    const curl = text.slice("again: ".length);
    copies.push(lens(line, l10n.t("$(copy) Copy as curl"), "corsLens.probe.copy", curl));
  }
  return [...top, ...copies];
}
