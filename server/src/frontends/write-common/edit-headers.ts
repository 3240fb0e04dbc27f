/** Edits of the headers that a handler answers with. */
import type { CorsHelper, Edit } from "../../../../shared/src/model/edit";
import type { Span } from "../../../../shared/src/ir/span";
import { insertAfter, replace } from "./containers";
import { declareOnce } from "./declarations";
import type { Option } from "./language";
import type { Doc } from "./layout";
import { reindented } from "./lines";
import { optionEntry, setCallOptions, setEntries } from "./options";
import { quote } from "./policy";
import { apply, containerAt, fail, originalText, type EditSession } from "./edit-session";
import { indentAt, slice, type Container, type Entry, type Source } from "./source";

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

interface Place {
  readonly headersBlock?: Span;
  readonly responseBlock?: Span;
}

/** Where headers can be written: into a literal, around an expression, or as a new entry of the response. */
type Target =
  | { readonly kind: "literal"; readonly literal: Container }
  | { readonly kind: "expression"; readonly entry: Entry; readonly response: Container }
  | { readonly kind: "absent"; readonly response: Container };

function blockOf(place: Place): Span {
  return place.responseBlock ?? fail("no place for headers is given");
}

function targetOf(session: EditSession, place: Place): Target {
  if (place.headersBlock) {
    const literal = containerAt(session, place.headersBlock);
    return literal.kind === "object" ? { kind: "literal", literal } : fail("no literal is here");
  }
  const found = containerAt(session, blockOf(place));
  const options =
    found.kind === "call" ? session.language.options(session.source, found, 1) : undefined;
  const response = options ?? found;
  if (response.kind !== "object" && response.kind !== "call") fail("no response is here");
  const entry = optionEntry(session, response, "headers");
  if (!entry) return { kind: "absent", response };
  const literal = entry.value && session.source.container(entry.value);
  if (literal?.kind === "object") return { kind: "literal", literal };
  return { kind: "expression", entry, response };
}

export function addHeaders(session: EditSession, edit: Of<"addHeaders">): void {
  const headers = edit.headers.map(({ name, value }): Option => [
    name,
    value.kind === "text" ? quote(session, value.text) : codeOf(session, value.at),
  ]);
  if (targetOf(session, edit).kind === "literal") {
    const locate = (): Container => {
      const target = targetOf(session, edit);
      return target.kind === "literal" ? target.literal : fail("the literal is gone");
    };
    return setEntries(session, locate, headers, (_, literal, name) => headerEntryOf(literal, name));
  }
  const { source, language } = session;
  const docs = headers.map(([name, code]) => language.keyedText(source, undefined, name, code));
  setHeadersOption(session, edit, (old) =>
    language.mapping(
      source,
      old === undefined ? docs : [`${language.spread.entry}${old}`, ...docs],
    ),
  );
}

/** An expression in scope; one of another file would not be. */
function codeOf(session: EditSession, at: Span): string {
  return at.file === session.file ? originalText(session, at) : fail("the value is elsewhere");
}

/** The entry of a header, whose name counts in any case: none may be sent twice. */
export function headerEntryOf(literal: Container, name: string): Entry | undefined {
  // Of two with one name the last counts.
  return literal.entries.findLast((entry) => entry.key?.toLowerCase() === name.toLowerCase());
}

export function spreadHeaders(session: EditSession, edit: Of<"spreadHeaders">): void {
  spreadInto(session, edit, codeOf(session, edit.expression), edit.expression);
}

/**
 * Headers written in place stand after the spread ones and win over them.
 *
 * @param origin where the code stands now
 */
function spreadInto(session: EditSession, place: Place, code: string, origin?: Span): void {
  const target = targetOf(session, place);
  const { source, language } = session;
  const spread = `${language.spread.entry}${code}`;
  if (target.kind === "literal") {
    const { literal } = target;
    const has = literal.entries.some((e) => e.spread && slice(source, e.range) === spread);
    return has ? undefined : apply(session, insertAfter(source, literal, -1, [spread]));
  }
  setHeadersOption(session, place, (old) =>
    old === undefined
      ? placed(session, place, code, origin)
      : language.mapping(source, [spread, `${language.spread.entry}${old}`]),
  );
}

/** Lines of code that comes from another place, indented as the response's entries are. */
function placed(
  session: EditSession,
  place: Place,
  code: string,
  origin: Span | undefined,
): string {
  const [entry] = containerAt(session, blockOf(place)).entries;
  if (origin === undefined || entry === undefined) return code;
  const from = indentAt(session.buffer.original, origin.start);
  const to = indentAt(session.source.text, entry.range[0]);
  return reindented(code, from, to);
}

/** Writes the option `headers` of a response that has none, or has an expression there. */
function setHeadersOption(
  session: EditSession,
  place: Place,
  value: (old: string | undefined) => Doc,
): void {
  const { source, language } = session;
  const target = targetOf(session, place);
  if (target.kind === "literal") return fail("the headers are a literal");
  const { response } = target;
  if (target.kind === "expression") {
    const { entry } = target;
    const old = slice(source, entry.value ?? entry.range);
    if (!source.isPath(entry.value ?? entry.range) && !isCall(session, entry)) {
      fail("the headers cannot be spread");
    }
    const doc = value(old);
    const whole = entry.value ? doc : language.keyed(source, response, "headers", doc);
    return apply(session, replace(source, entry.value ?? entry.range, whole));
  }
  const doc = value(undefined);
  const own = response.kind === "object" ? response : language.options(source, response, 1);
  if (!own) return setCallOptions(session, blockOf(place), 1, [["headers", doc]]);
  const status = own.entries.findIndex((e) => /^status_?code$|^status$/i.test(e.key ?? ""));
  const entry = language.keyed(source, own, "headers", doc);
  const index = status < 0 ? own.entries.length - 1 : status;
  apply(session, insertAfter(source, own, index, [entry]));
}

function isCall(session: EditSession, entry: Entry): boolean {
  return entry.value !== undefined && session.source.container(entry.value)?.kind === "call";
}

function isEmpty({ text }: Source, { open, close }: Container): boolean {
  return text.slice(open, close).trim() === "";
}

export function insertCorsHelper(session: EditSession, edit: Of<"insertCorsHelper">): void {
  if (edit.file !== session.file) fail("the helper belongs into another file");
  if (edit.origins.length === 0) fail("no origin is allowed");
  const name = addHelper(session, edit);
  for (const place of edit.places) {
    const code = `${name}(${place.event})`;
    const target = targetOf(session, place);
    const empty = target.kind === "literal" && isEmpty(session.source, target.literal);
    if (empty) apply(session, replace(session.source, target.literal.range, code));
    else spreadInto(session, place, code);
  }
}

/** The name of the helper, which is written unless the file has the same one already. */
export function addHelper(session: EditSession, { origins, credentials }: CorsHelper): string {
  const { language } = session;
  return declareOnce(
    session,
    language.helperNames,
    ({ list, helper }) => [list, helper],
    (names) => language.helper(session.source, names, origins, credentials),
  ).helper;
}
