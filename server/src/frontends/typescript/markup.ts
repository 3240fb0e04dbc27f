/** Scripts in HTML, and in the single-file components of Vue and Svelte. */
import { Token, Tokenizer, TokenizerMode } from "parse5";
import { ts } from "ts-morph";
import type { Stmt } from "../../../../shared/src/ir/facts";

/** The code of a file, at the offsets that it has in the file. */
export interface Code {
  readonly text: string;
  readonly kind: ts.ScriptKind;
}

interface Script {
  readonly start: number;
  readonly end: number;
  readonly kind: ts.ScriptKind;
}

/** The scripts of a file that is markup; `undefined` for a file that is code as a whole. */
export function scriptsIn(file: string, text: string): Code | undefined {
  const match = /\.(html?|vue|svelte)$/i.exec(file);
  if (!match) return undefined;
  const scripts = scriptElements(text, /^html?$/i.test(match[1] ?? ""));
  const kinds = new Set(scripts.map(({ kind }) => kind));
  const first = [ts.ScriptKind.TS, ts.ScriptKind.TSX].find((kind) => kinds.has(kind));
  return { text: only(text, scripts), kind: first ?? ts.ScriptKind.JSX };
}

/** The text with spaces for everything outside the scripts; lines stay, and each script ends its last statement. */
function only(text: string, scripts: readonly Script[]): string {
  let result = "";
  let after = 0;
  for (const { start, end } of scripts) {
    result += blank(text.slice(after, start)) + text.slice(start, end);
    after = end;
    if (end >= text.length) continue;
    result += ";";
    after++;
  }
  return result + blank(text.slice(after));
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, " ");
}

/** Elements whose content is text, by how a browser ends it. Without a script nothing can hide in `noscript`. */
const textual: ReadonlyMap<string, typeof TokenizerMode.RAWTEXT | typeof TokenizerMode.RCDATA> =
  new Map([
    ["style", TokenizerMode.RAWTEXT],
    ["iframe", TokenizerMode.RAWTEXT],
    ["noembed", TokenizerMode.RAWTEXT],
    ["noframes", TokenizerMode.RAWTEXT],
    ["xmp", TokenizerMode.RAWTEXT],
    ["title", TokenizerMode.RCDATA],
    ["textarea", TokenizerMode.RCDATA],
  ]);

/**
 * The script elements that hold code. A tokenizer instead of a tree: components close `<textarea />` and the like as
 * XML does, which a tree builder of HTML must not.
 */
function scriptElements(text: string, isHtml: boolean): readonly Script[] {
  const scripts: Script[] = [];
  let open: { readonly start: number; readonly kind: ts.ScriptKind } | undefined;
  const close = (end: number): void => {
    if (open) scripts.push({ ...open, end });
    open = undefined;
  };
  const ignore = (): void => undefined;
  const tokenizer: Tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: true },
    {
      onStartTag: (token) => {
        if (token.selfClosing && !isHtml) return;
        const mode = textual.get(token.tagName);
        if (mode !== undefined) tokenizer.state = mode;
        if (token.tagName !== "script") return;
        tokenizer.state = TokenizerMode.SCRIPT_DATA;
        const kind = kindOf(token);
        const start = token.location?.endOffset;
        if (kind !== undefined && start !== undefined) open = { start, kind };
      },
      onEndTag: ({ tagName, location }) => {
        if (tagName === "script") close(location?.startOffset ?? text.length);
      },
      onEof: () => close(text.length),
      onComment: ignore,
      onDoctype: ignore,
      onCharacter: ignore,
      onNullCharacter: ignore,
      onWhitespaceCharacter: ignore,
    },
  );
  tokenizer.write(text, true);
  return scripts;
}

/** The dialect of a script; `undefined` for data, templates and code of another file. */
function kindOf(token: Token.TagToken): ts.ScriptKind | undefined {
  if (Token.getTokenAttr(token, "src") !== null) return undefined;
  const type = (Token.getTokenAttr(token, "type") ?? "").trim().toLowerCase();
  const lang = (Token.getTokenAttr(token, "lang") ?? type.replace(/^text\//, "")).toLowerCase();
  if (lang === "ts" || lang === "typescript") return ts.ScriptKind.TS;
  if (lang === "tsx") return ts.ScriptKind.TSX;
  const isCode = /^(|module|text\/babel|(text|application)\/(javascript|ecmascript|jsx))$/;
  return isCode.test(type) ? ts.ScriptKind.JSX : undefined;
}

/** In Svelte a parent and the markup give variables other values than the script does. */
export function withProps(file: string, body: readonly Stmt[]): readonly Stmt[] {
  if (!/\.svelte$/i.test(file)) return body;
  return body.map((stmt) => {
    const isOpen = stmt.k === "let" && stmt.const !== true;
    if (!isOpen || (stmt.value !== undefined && stmt.value.k !== "lit")) return stmt;
    return { ...stmt, value: { k: "unknown", because: "set outside the script", at: stmt.at } };
  });
}
