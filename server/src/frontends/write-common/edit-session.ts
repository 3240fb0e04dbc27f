/** The state of one call of the writer: the text so far and how it parses. */
import type { Range, Span } from "../../../../shared/src/ir/span";
import { change, currentRange, type Change, type TextBuffer } from "./text-buffer";
import type { Language } from "./language";
import type { Container, Exported, Library, Source, Statement } from "./source";

/** An edit cannot be spelled whole; nothing is written then. */
export class CannotRender extends Error {}

export interface EditSession {
  readonly file: string;
  readonly language: Language;
  readonly readText: (file: string) => string | undefined;
  buffer: TextBuffer;
  source: Source;
}

export function fail(reason: string): never {
  throw new CannotRender(reason);
}

/** Applies changes to the current text and reads it again. */
export function apply(session: EditSession, changes: readonly Change[]): void {
  if (changes.length === 0) return;
  session.buffer = change(session.buffer, changes) ?? fail("changes overlap");
  session.source = session.language.parse(session.file, session.buffer.text);
  if (session.source.broken) fail("the changed text would not parse");
}

/** Where a place of the original file is now. */
export function here(session: EditSession, span: Span): Range {
  if (span.file !== session.file) fail("the place is in another file");
  return currentRange(session.buffer, [span.start, span.end]) ?? fail("the place is gone");
}

export function containerAt(session: EditSession, span: Span): Container {
  return session.source.container(here(session, span)) ?? fail("no literal or call is here");
}

export function callAt(session: EditSession, span: Span): Container {
  const container = containerAt(session, span);
  return container.kind === "call" ? container : fail("no call is here");
}

export function statementAt(session: EditSession, span: Span): Statement {
  return session.source.statement(here(session, span)) ?? fail("no statement is here");
}

/** The text that stands at a place of this file or another, as it was before any edit. */
export function originalText(session: EditSession, span: Span): string {
  const text = span.file === session.file ? session.buffer.original : session.readText(span.file);
  if (text === undefined || span.end > text.length) fail("the text cannot be read");
  return text.slice(span.start, span.end);
}

/** How the file names an export of the CDK, importing it where necessary. */
export function reference(session: EditSession, library: Library, name: string): string {
  return afterChanges(session, () => session.source.reference(library, name), name);
}

/** How code at a place of the original names an export of any library, which is imported where necessary. */
export function exported(session: EditSession, what: Exported, place: Span): string {
  const find = (): Found => session.source.exported(what, here(session, place)[0]);
  return afterChanges(session, find, what.name);
}

/** What is called to log an exception in the function at a place, which is imported where necessary. */
export function logger(session: EditSession, fn: Span): string {
  return afterChanges(session, () => session.source.log(here(session, fn)), "what logs");
}

/** A name, or the changes after which there is one. */
type Found = string | readonly Change[] | undefined;

function afterChanges(session: EditSession, find: () => Found, what: string): string {
  const found = find();
  if (typeof found === "string") return found;
  apply(session, found ?? fail(`${what} cannot be imported`));
  const now = find();
  return typeof now === "string" ? now : fail(`${what} cannot be imported`);
}
