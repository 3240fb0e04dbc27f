/** Sets options of a literal or a call: replaces those that are there and adds the others. */
import type { Span } from "../../../../shared/src/ir/span";
import { append, removeEntry, replace } from "./containers";
import type { Change } from "./text-buffer";
import type { Option } from "./language";
import { apply, callAt, fail, type EditSession } from "./edit-session";
import { slice, type Container, type Entry } from "./source";

/** The option's entry, whether its name is written in this language's spelling or as it is. */
export function optionEntry(
  session: EditSession,
  container: Container,
  name: string,
): Entry | undefined {
  const spelled = session.language.option(name);
  return container.entries.find((entry) => entry.key === name || entry.key === spelled);
}

/**
 * `locate` finds the container again after each change. What counts as the same option is `find`'s business; header
 * names, for example, are the same in any case.
 */
export function setEntries(
  session: EditSession,
  locate: () => Container,
  options: readonly Option[],
  find = optionEntry,
): void {
  const { language } = session;
  const container = locate();
  const added = options.filter(([name]) => !find(session, container, name));
  const docs = added.map(([name, value]) => language.keyed(session.source, container, name, value));
  apply(session, append(session.source, container, docs));
  for (const [name, value] of options) {
    if (added.some((option) => option[0] === name)) continue;
    const now = locate();
    const entry = find(session, now, name) ?? fail("the option is gone");
    const doc = entry.value ? value : language.keyed(session.source, now, name, value);
    if (isWritten(session, entry, doc)) continue;
    apply(session, replace(session.source, entry.value ?? entry.range, doc));
  }
}

function isWritten(session: EditSession, entry: Entry, doc: Option[1]): boolean {
  return entry.value !== undefined && slice(session.source, entry.value) === doc;
}

/** Sets options of a call whose options are its argument number `index`, in languages where they are an argument. */
export function setCallOptions(
  session: EditSession,
  at: Span,
  index: number,
  options: readonly Option[],
): void {
  const { language } = session;
  const locate = (): Container | undefined =>
    language.options(session.source, callAt(session, at), index);
  if (locate()) return setEntries(session, () => locate() ?? fail("no options here"), options);
  const changes = language.newOptions(session.source, callAt(session, at), index, options);
  apply(session, changes ?? fail("the call takes no options here"));
}

/** Removes options of a literal or call, where they are. */
export function dropOption(session: EditSession, container: Container, name: string): Change[] {
  const entry = optionEntry(session, container, name);
  if (!entry) return [];
  return removeEntry(session.source, container, container.entries.indexOf(entry));
}

/** Number of the argument that holds the options, by the name of what is called. */
export function optionsIndex(call: Container): number {
  const known: Readonly<Record<string, number>> = {
    addFunctionUrl: 0,
    addCorsPreflight: 0,
    addRoutes: 0,
    addProxy: 0,
    addCorsRule: 0,
    addResource: 1,
    addMethod: 2,
    addBehavior: 2,
  };
  return known[calledName(call)] ?? 2;
}

/** The last part of a call's name, in camel case. */
export function calledName(call: Container): string {
  const name = lastWord(call.callee ?? "");
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function lastWord(text: string): string {
  let start = text.length;
  while (start > 0 && /[\w$]/.test(text.charAt(start - 1))) start--;
  return text.slice(start);
}
