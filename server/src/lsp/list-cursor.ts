/** Where in a list literal a place is, told from the text alone: it is being typed and need not parse. */
import type { Language } from "../../../shared/src/ir/facts";
import type { Span } from "../../../shared/src/ir/span";

/** The element of a list that is written at a place. */
export interface ElementCursor {
  /** The word as far as it is there: within its quotes, or bare. */
  readonly start: number;
  readonly end: number;
  /** The same with the quotes around it. */
  readonly outerStart: number;
  readonly outerEnd: number;
  /** The quote before the word. */
  readonly quote?: string;
  /** That quote stands after the word too. */
  readonly closed: boolean;
}

const openers = "([{";
const closers = ")]}";

/** What reading up to the place has come to. */
interface State {
  /** Brackets that are open within the list. */
  depth: number;
  /** Where the element begins, once something of it was read. */
  begin: number | undefined;
  /** Of an entry its key, behind the colon. */
  key?: string | undefined;
}

/** The word of an entry that is written at a place: its key, or its value behind a key. */
export interface EntryCursor extends ElementCursor {
  /** Absent where the key itself is written. */
  readonly key?: string;
}

/** The same within an object literal or a dict, whose entries have keys. */
export function entryAt(
  text: string,
  block: Span,
  offset: number,
  language: Language,
): EntryCursor | undefined {
  return text[block.start] === "{" ? cursorIn(text, block, offset, language) : undefined;
}

/**
 * The element at a place within a list literal. `undefined` where none can be written: in comments and within other
 * expressions, after a finished element, beyond the end of the list.
 */
export function elementAt(
  text: string,
  list: Span,
  offset: number,
  language: Language,
): ElementCursor | undefined {
  return text[list.start] === "[" ? cursorIn(text, list, offset, language) : undefined;
}

function cursorIn(
  text: string,
  list: Span,
  offset: number,
  language: Language,
): EntryCursor | undefined {
  const state: State = { depth: 0, begin: undefined };
  const isList = text[list.start] === "[";
  for (let at = list.start + 1; at < offset;) {
    const skipped = endOfComment(text, at, language);
    if (skipped !== undefined) {
      if (skipped > offset) return undefined;
      at = skipped;
      continue;
    }
    const char = text.charAt(at);
    const isString = char === '"' || char === "'" || (char === "`" && language === "typescript");
    const end = isString ? endOfString(text, at) : at + 1;
    if (isString && end > offset) return keyed(inString(text, at, offset, state), state);
    if (!isString && !enter(char, state)) return undefined;
    if (!isList && char === ":" && state.depth === 0) {
      state.key = text.slice(state.begin ?? at, at).trim();
      state.begin = undefined;
    } else if (!/[\s,]/.test(char) || state.depth > 0) state.begin ??= at;
    at = end;
  }
  return keyed(bare(text, offset, state), state);
}

function keyed(cursor: ElementCursor | undefined, { key }: State): EntryCursor | undefined {
  return cursor && key !== undefined ? { ...cursor, key } : cursor;
}

/** Takes note of brackets and commas; false when the list ends. */
function enter(char: string, state: State): boolean {
  if (openers.includes(char)) state.depth++;
  if (closers.includes(char)) state.depth--;
  if (char === "," && state.depth === 0) {
    state.begin = undefined;
    state.key = undefined;
  }
  return state.depth >= 0;
}

/** The end of a comment that begins here, its line break left out; `undefined` where none begins. */
function endOfComment(text: string, at: number, language: Language): number | undefined {
  if (language === "typescript" && text.startsWith("/*", at)) {
    const end = text.indexOf("*/", at + 2);
    return end < 0 ? Infinity : end + 2;
  }
  if (!text.startsWith(language === "typescript" ? "//" : "#", at)) return undefined;
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length + 1 : end + 1;
}

/** Offset after a string that begins here; its line's end where it is not closed. */
function endOfString(text: string, start: number): number {
  const quote = text.charAt(start);
  const triple = quote.repeat(3);
  if (quote !== "`" && text.startsWith(triple, start)) {
    const end = text.indexOf(triple, start + 3);
    return end < 0 ? Infinity : end + 3;
  }
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === "\\") at++;
    else if (char === quote) return at + 1;
    else if (char === "\n" && quote !== "`") return at + 1;
  }
  return Infinity;
}

/** What an element consists of, as far as it is offered: no blanks, no quotes, no brackets. */
const word = /^[^\s"'`,()[\]{}]*/;

function inString(
  text: string,
  start: number,
  offset: number,
  { depth, begin }: State,
): ElementCursor | undefined {
  const typed = text.slice(start + 1, offset);
  if (depth > 0 || begin !== undefined || word.exec(typed)?.[0] !== typed) return undefined;
  const quote = text.charAt(start);
  const end = offset + (word.exec(text.slice(offset))?.[0].length ?? 0);
  const closed = text[end] === quote;
  const outerEnd = closed ? end + 1 : end;
  return { start: start + 1, end, outerStart: start, outerEnd, quote, closed };
}

function bare(text: string, offset: number, { depth, begin }: State): ElementCursor | undefined {
  const start = begin ?? offset;
  if (depth > 0 || !/^[\w.-]*$/.test(text.slice(start, offset))) return undefined;
  const rest = /^[\w.-]*/.exec(text.slice(offset))?.[0].length ?? 0;
  const end = offset + (begin === undefined ? 0 : rest);
  return { start, end, outerStart: start, outerEnd: end, closed: false };
}
