/** Edits of single values, names and elements of lists. */
import type { Edit } from "../../../../shared/src/model/edit";
import type { Span } from "../../../../shared/src/ir/span";
import { append, insertAfter, removeEntry as removal, replace } from "./containers";
import {
  list,
  ageDoc,
  durationCall,
  elementsAt,
  listItems,
  methodDoc,
  quote,
  words,
} from "./policy";
import { removeStatement } from "./edit-statement";
import { apply, containerAt, fail, here, type EditSession } from "./edit-session";
import { slice } from "./source";

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

export function removeEntry(session: EditSession, at: Span): void {
  const held = session.source.holder(here(session, at));
  if (held) return apply(session, removal(session.source, held.container, held.index));
  // Headers may also be written by assignments.
  const statement = session.source.statement(here(session, at));
  const [start, end] = here(session, at);
  const whole = statement?.range[0] === start && statement.range[1] - end <= 1;
  if (!whole) fail("no entry is here");
  removeStatement(session, at);
}

export function rename(session: EditSession, edit: Of<"rename">): void {
  const { source, language } = session;
  const range = here(session, edit.name);
  const quoted = source.quoted(range);
  if (quoted) {
    const old = slice(source, quoted.range).slice(quoted.open.length, -quoted.close.length);
    const to = /^[a-z]+(_[a-z]+)+$/.test(old) ? language.option(edit.to) : edit.to;
    return apply(session, [replaceQuoted(session, edit.name, to)]);
  }
  const held = session.source.holder(range);
  const entry = held?.container.entries[held.index];
  if (held && entry && entry.key !== undefined && !entry.value) {
    const value = slice(source, range);
    const doc = language.keyed(source, held.container, edit.to, value);
    return apply(session, replace(source, entry.range, doc));
  }
  const to = language.option(edit.to);
  const name = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(to)
    ? to
    : language.quotesKeys
      ? quote(session, edit.to)
      : fail("not a name");
  apply(session, [{ start: range[0], end: range[1], text: name }]);
}

export function addToList(session: EditSession, edit: Of<"addToList">): void {
  const { form, field, items } = edit;
  const old = elementsAt(session, here(session, edit.list));
  const spelled = listItems(session, form, field, items, old).filter((item) => !old.includes(item));
  const range = here(session, edit.list);
  const container = session.source.container(range);
  if (container && container.kind !== "call" && container.kind !== "object") {
    return apply(session, append(session.source, container, spelled));
  }
  if (!session.source.isPath(range)) fail("no list is here");
  const all = `${session.language.spread.item}${slice(session.source, range)}`;
  apply(session, replace(session.source, range, list([all, ...spelled])));
}

export function setString(session: EditSession, edit: Of<"setString">): void {
  const range = here(session, edit.at);
  if (session.source.quoted(range)) {
    return apply(session, [replaceQuoted(session, edit.at, edit.text)]);
  }
  if (!session.source.isExpression(range)) fail("no value is here");
  apply(session, [{ start: range[0], end: range[1], text: quote(session, edit.text) }]);
}

/** Before the quote that ends the expression; what would need an escape there is not written. */
export function appendText(session: EditSession, edit: Of<"appendText">): void {
  const range = here(session, edit.at);
  const [, quote = ""] = /^[^]*?("""|\'\'\'|["'`])$/.exec(slice(session.source, range)) ?? [];
  if (quote === "" || !session.source.isExpression(range)) fail("no text ends here");
  if (/[\\\n\r"'`{}$]/.test(edit.text)) fail("the text needs an escape");
  const end = range[1] - quote.length;
  apply(session, [{ start: end, end, text: edit.text }]);
}

/** New text between the quotes that are there, or in the file's quotes where these would need an escape. */
function replaceQuoted(session: EditSession, at: Span, text: string) {
  const quoted = session.source.quoted(here(session, at)) ?? fail("no string is here");
  const { range, open, close } = quoted;
  const simple = /^(["'`])$/.test(open) && !/[\\\n\r]|\$\{/.test(text) && !text.includes(open);
  const code = simple ? `${open}${text}${close}` : quote(session, text);
  return { start: range[0], end: range[1], text: code };
}

export function setDuration(session: EditSession, edit: Of<"setDuration">): void {
  const code = slice(session.source, here(session, edit.at));
  const unit = /^([\w$.]*\bDuration)\.\w+\(/.exec(code);
  const inWords = unit && words[edit.form].maxAge === "duration";
  const text = inWords
    ? `${unit[1] ?? ""}.${durationCall(edit.seconds)}`
    : ageDoc(session, edit.form, edit.seconds);
  const range = here(session, edit.at);
  if (!session.source.isExpression(range)) fail("no value is here");
  apply(session, [{ start: range[0], end: range[1], text }]);
}

export function setMethod(session: EditSession, edit: Of<"setMethod">): void {
  const old = here(session, edit.at);
  const quoted = session.source.quoted(old);
  if (quoted) {
    const element = slice(session.source, quoted.range);
    const text = methodDoc(session, edit.form, edit.method, [element]);
    const content = /^["'](.*)["']$/.exec(text)?.[1] ?? edit.method;
    return apply(session, [replaceQuoted(session, edit.at, content)]);
  }
  const text = methodDoc(session, edit.form, edit.method, [slice(session.source, old)]);
  const range = here(session, edit.at);
  if (!session.source.isExpression(range)) fail("no value is here");
  apply(session, [{ start: range[0], end: range[1], text }]);
}

/** The right name may be missing because another one stands there. */
export function setStatus(session: EditSession, edit: Of<"setStatus">): void {
  const { source, language } = session;
  const text = String(edit.status);
  if (edit.at) {
    const at = here(session, edit.at);
    if (!source.isExpression(at)) fail("no status is here");
    return apply(session, replace(source, at, text));
  }
  const response = containerAt(session, edit.responseBlock ?? fail("no response is given"));
  if (response.kind !== "object") fail("no response is here");
  const other = response.entries.findLast((e) => /^status(_?code)?$/i.test(e.key ?? ""));
  const value = other && slice(source, other.value ?? other.range);
  const entry = language.keyedText(source, response, "statusCode", value ?? text);
  const change = other
    ? replace(source, other.range, entry)
    : insertAfter(source, response, -1, [entry]);
  apply(session, change);
}
