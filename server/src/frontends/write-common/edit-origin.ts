/** Edits of how code decides about the request's origin. */
import type { Edit, ValuePlace } from "../../../../shared/src/model/edit";
import type { Range } from "../../../../shared/src/ir/span";
import { replace } from "./containers";
import { declareOnce } from "./declarations";
import type { HelperNames } from "./language";
import { list, quote } from "./policy";
import { apply, fail, here, type EditSession } from "./edit-session";
import { slice, type TextTest } from "./source";

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

export function compareOrigin(session: EditSession, edit: Of<"compareOrigin">): void {
  const { source } = session;
  const joined = edit.beside && source.alternative(here(session, edit.test));
  if (joined) {
    return apply(session, replace(source, joined.whole, slice(source, joined.other)));
  }
  const names = "origins" in edit.with ? listOf(session, edit.with.origins) : undefined;
  // A list that is declared above has moved it.
  const { source: now } = session;
  const at = here(session, edit.test);
  const test = now.textTest(at, edit.subject) ?? fail("no such test is here");
  const code = names
    ? membership(session, at, test, names)
    : equality(session, test, "before" in edit.with ? edit.with.before : "");
  const loose = test.bound && !code.endsWith(")");
  apply(session, replace(now, at, loose ? `(${code})` : code));
}

function membership(
  session: EditSession,
  at: Range,
  test: TextTest,
  { list }: HelperNames,
): string {
  const { source, language } = session;
  const text = slice(source, test.subject);
  const path = source.isPath(test.subject);
  const code = language.contains(source, list, { ...test, text, path });
  return code.includes(" && ") && source.alternative(at) ? `(${code})` : code;
}

function equality({ source, language }: EditSession, test: TextTest, before: string): string {
  const { subject, other = fail("it is compared with nothing"), negated } = test;
  if (negated || !source.isPath(other)) fail("it is not compared with a name");
  const name = slice(source, other);
  const text = before === "" ? name : language.prefixed(source, before, name);
  return `${slice(source, subject)} ${language.equals} ${text}`;
}

export function checkOrigin(session: EditSession, edit: Of<"checkOrigin">): void {
  const { language } = session;
  const [first] = edit.origins;
  if (first === undefined) fail("no origin is allowed");
  const { list } = listOf(session, edit.origins);
  const own = language.helperNames.map((names) => ({ ...names, list }));
  const { checked } = declareOnce(
    session,
    own,
    (names) => [names.checked],
    (names) => language.checkedOrigin(session.source, names, first),
    language.originList(session.source, list, edit.origins),
  );
  const value = valueAt(session, edit.value);
  const code = slice(session.source, value);
  if (code.startsWith(`${checked}(`)) return;
  apply(session, replace(session.source, value, `${checked}(${code})`));
}

/** The list of these origins, under the names that belong to it. */
function listOf(session: EditSession, origins: readonly string[]): HelperNames {
  const { language } = session;
  return declareOnce(
    session,
    language.helperNames,
    (names) => [names.list],
    (names) => language.originList(session.source, names.list, origins),
  );
}

/** The expression of a value that is written here. */
function valueAt(session: EditSession, place: ValuePlace): Range {
  const { source } = session;
  if ("expression" in place) {
    const range = here(session, place.expression);
    return source.isExpression(range) ? range : fail("no value is here");
  }
  const range = here(session, place.entry);
  const call = source.container(range);
  const given = call?.kind === "call" && call.entries.length === 2 ? call.entries[1] : undefined;
  return source.assigned(range) ?? given?.value ?? fail("no value is given here");
}

export function setOrigins(session: EditSession, edit: Of<"setOrigins">): void {
  const { source } = session;
  const range = here(session, edit.at);
  const items = edit.origins.map((origin) => quote(session, origin));
  const held = source.holder(range);
  const element = held && /^(list|tuple|set)$/.test(held.container.kind);
  if (!element && !source.isExpression(range)) fail("no value is here");
  const [only, ...others] = items;
  if (only === undefined) fail("no origin is allowed");
  const code = element ? items.join(", ") : others.length === 0 ? only : list(items);
  apply(session, replace(source, range, code));
}
