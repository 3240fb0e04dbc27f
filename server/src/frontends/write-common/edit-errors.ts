/** The edit that catches what leaves a handler and answers for it. */
import type { AnswerSource, Edit, EntryHeader, NewHeader } from "../../../../shared/src/model/edit";
import type { Range, Span } from "../../../../shared/src/ir/span";
import { addHelper, headerEntryOf } from "./edit-headers";
import { isGroup, type Doc } from "./layout";
import { quote } from "./policy";
import { apply, fail, here, logger, type EditSession } from "./edit-session";
import { slice, type Container, type Entry } from "./source";

type AnswerErrors = Extract<Edit, { kind: "answerErrors" }>;

const MESSAGE = "Internal Server Error";

export function answerErrors(session: EditSession, edit: AnswerErrors): void {
  if (edit.function.file !== session.file) fail("the function is in another file");
  const answer = answerOf(session, edit);
  const log = logger(session, edit.function);
  const { source } = session;
  const promises = edit.promises.map((at) => here(session, at));
  const changes = source.guard(here(session, edit.function), promises, { log, answer });
  apply(session, changes ?? fail("the body cannot be put into a try"));
}

function answerOf(session: EditSession, edit: AnswerErrors): Doc {
  for (const source of edit.sources) {
    const answer = answerFrom(session, edit, source);
    if (answer !== undefined) return answer;
  }
  return fail("no CORS headers are in reach");
}

function answerFrom(
  session: EditSession,
  edit: AnswerErrors,
  source: AnswerSource,
): Doc | undefined {
  switch (source.kind) {
    case "call":
      return callAgain(session, edit, source);
    case "expression": {
      const at = reached(session, edit, here(session, source.at));
      return at && response(session, edit, slice(session.source, at));
    }
    case "headers": {
      const headers = mappingOf(session, edit, source.headers);
      return headers && response(session, edit, headers);
    }
    case "helper": {
      const { event } = edit;
      if (event === undefined || source.origins.length === 0) return undefined;
      if (!session.source.keeps(event, here(session, edit.function))) return undefined;
      const name = addHelper(session, source);
      return response(session, edit, `${name}(${event})`);
    }
  }
}

/** The place, when what stands there means the same in the handler that catches. */
function reached(session: EditSession, edit: AnswerErrors, at: Range): Range | undefined {
  const fn = here(session, edit.function);
  return session.source.reaches(at, fn, edit.event) ? at : undefined;
}

function mappingOf(
  session: EditSession,
  edit: AnswerErrors,
  headers: readonly (EntryHeader | NewHeader)[],
): Doc | undefined {
  const { source, language } = session;
  const docs = headers.map((header) => {
    const code = codeOf(session, edit, header);
    return code && language.keyedText(source, undefined, header.name, code);
  });
  return docs.every((doc) => doc !== undefined) ? language.mapping(source, docs) : undefined;
}

function codeOf(
  session: EditSession,
  edit: AnswerErrors,
  header: EntryHeader | NewHeader,
): string | undefined {
  const written = (at: Range | undefined): string | undefined => {
    const found = at && reached(session, edit, at);
    return found && slice(session.source, found);
  };
  if ("value" in header) {
    const { value } = header;
    return value.kind === "text" ? quote(session, value.text) : written(here(session, value.at));
  }
  const { name, entry, text } = header;
  const code = written(valueAt(session, name, entry));
  return code ?? (text === undefined ? undefined : quote(session, text));
}

function valueAt(session: EditSession, name: string, entry: Span): Range | undefined {
  const held = session.source.holder(here(session, entry));
  const found = held && headerEntryOf(held.container, name);
  return held?.container.kind === "object" ? found?.value : undefined;
}

/** An answer as API Gateway and Function URLs take it, its keys quoted as the file's other answers have them. */
function response(session: EditSession, edit: AnswerErrors, headers: Doc): Doc {
  const { source, language } = session;
  const quoted = /["']statusCode["']\s*:/.test(source.text);
  const like: Container = {
    kind: "object",
    range: [0, 0],
    open: 0,
    close: 0,
    entries: [{ range: [0, 0], key: "statusCode", ...(quoted ? { quoted } : {}) }],
  };
  const doc = language.mapping(source, [
    language.keyedText(source, like, "statusCode", "500"),
    language.keyedText(source, like, "headers", headers),
    language.keyedText(source, like, "body", bodyOf(session, edit)),
  ]);
  return isGroup(doc) ? { ...doc, broken: true } : doc;
}

function bodyOf(session: EditSession, edit: AnswerErrors): Doc {
  const { source, language } = session;
  const serialize = source.json(here(session, edit.function));
  const key = messageKey(source.text);
  if (serialize === undefined) return quote(session, `{"${key}": "${MESSAGE}"}`);
  const entry = language.keyedText(source, undefined, key, quote(session, MESSAGE));
  return [`${serialize}(`, language.mapping(source, [entry]), ")"];
}

const messageKeys = /^(error|errors|message|msg|detail|reason|error_?message)$/i;

/** By which name the file's other bodies tell what went wrong. */
function messageKey(text: string): string {
  const said = text.matchAll(
    /(?:JSON\.stringify|json\.dumps)\(\s*\{\s*["']?(error|message)["']?\s*[:}]/g,
  );
  const keys = [...said].map((found) => found[1]);
  const errors = keys.filter((key) => key === "error").length;
  return errors * 2 > keys.length ? "error" : "message";
}

/** The call that answers another failure, told of this one: `respond(400, { message: "Which?" })`. */
function callAgain(
  session: EditSession,
  edit: AnswerErrors,
  { at, status }: Extract<AnswerSource, { kind: "call" }>,
): Doc | undefined {
  const { source } = session;
  const whole = here(session, at);
  const call = source.container(whole);
  if (call?.kind !== "call" || call.range[1] !== whole[1]) return undefined;
  const callee: Range = [call.range[0], call.open - 1];
  if (!source.isPath(callee) || !reached(session, edit, callee)) return undefined;
  const isStatus = ({ value }: Entry): boolean =>
    value !== undefined && slice(source, value) === String(status);
  const messages = call.entries.filter((entry) => messageOf(session, entry) !== undefined);
  const statuses = call.entries.filter(isStatus).length;
  // A call that always answers 500 without being told so: `internalError()`.
  const named = status === 500 && statuses === 0 && /err|fail/i.test(call.callee ?? "");
  if (messages.length > 1 || (!named && (messages.length !== 1 || statuses !== 1)))
    return undefined;
  const items = call.entries.map((entry): Doc | undefined => {
    const { range, value } = entry;
    const said = messageOf(session, entry);
    if (isStatus(entry)) return renewed(session, entry, "500");
    if (said && isGeneral(session, edit, said)) return slice(source, range);
    if (said) return renewed(session, entry, said.doc);
    return value && !entry.spread && reached(session, edit, value)
      ? slice(source, range)
      : undefined;
  });
  if (!items.every((item) => item !== undefined)) return undefined;
  const before = source.text.slice(whole[0], call.open);
  return [before, { open: "", close: ")", items }];
}

/** The entry with another value, its keyword as it is. */
function renewed({ source }: EditSession, { range, value }: Entry, doc: Doc): Doc {
  return [source.text.slice(range[0], value?.[0]), doc];
}

interface Message {
  readonly doc: Doc;
  /** The old text's expression. */
  readonly old: Range | undefined;
}

/** What an argument says, as a text or in an object that says nothing else. */
function messageOf(session: EditSession, { value }: Entry): Message | undefined {
  const { source, language } = session;
  if (!value) return undefined;
  const text = quote(session, MESSAGE);
  if (source.quoted(value)) return { doc: text, old: value };
  const container = source.container(value);
  const [entry, ...others] = container?.kind === "object" ? container.entries : [];
  if (!container || !entry || others.length > 0 || !messageKeys.test(entry.key ?? ""))
    return undefined;
  const doc = language.mapping(source, [language.keyed(source, container, entry.key ?? "", text)]);
  return { doc, old: entry.value };
}

/** A text that says no more than that something is wrong. */
function isGeneral(session: EditSession, edit: AnswerErrors, { old }: Message): boolean {
  const { source } = session;
  return (
    old !== undefined &&
    source.quoted(old) !== undefined &&
    reached(session, edit, old) !== undefined &&
    /internal|server error|unexpected|went wrong/i.test(slice(source, old))
  );
}
