/** Sets options of a literal or a call: replaces those that are there and adds the others. */
import { append, removeEntry, replace } from "./containers";
import type { Change } from "./draft";
import type { Option } from "./language";
import { apply, fail, type Session } from "./session";
import { slice, type Container, type Entry } from "./source";

/** The option's entry, whether its name is written in this language's spelling or as it is. */
export function optionEntry(
  session: Session,
  container: Container,
  name: string,
): Entry | undefined {
  const spelled = session.language.option(name);
  return container.entries.find((entry) => entry.key === name || entry.key === spelled);
}

export function setEntries(
  session: Session,
  container: Container,
  options: readonly Option[],
): Change[] {
  const { source, language } = session;
  const changes: Change[] = [];
  const added = options.filter(([name, value]) => {
    const entry = optionEntry(session, container, name);
    if (!entry) return true;
    const doc = entry.value ? value : language.keyed(source, container, name, value);
    if (!isWritten(session, entry, doc)) {
      changes.push(replace(source, entry.value ?? entry.range, doc));
    }
    return false;
  });
  const docs = added.map(([name, value]) => language.keyed(source, container, name, value));
  return [...changes, ...append(source, container, docs)];
}

function isWritten(session: Session, entry: Entry, doc: Option[1]): boolean {
  return entry.value !== undefined && slice(session.source, entry.value) === doc;
}

/** Sets options of a call whose options are its argument number `index`, in languages where they are an argument. */
export function setCallOptions(
  session: Session,
  call: Container,
  index: number,
  options: readonly Option[],
): void {
  const { source, language } = session;
  const container = language.options(source, call, index);
  const changes = container
    ? setEntries(session, container, options)
    : language.newOptions(source, call, index, options);
  apply(session, changes ?? fail("the call takes no options here"));
}

/** Removes options of a literal or call, where they are. */
export function dropOption(session: Session, container: Container, name: string): Change[] {
  const entry = optionEntry(session, container, name);
  if (!entry) return [];
  return removeEntry(session.source, container, container.entries.indexOf(entry));
}

/** Number of the argument that holds the options, by the name of what is called. */
export function optionsIndex(call: Container): number {
  const name = /[\w$]*$/.exec(call.callee ?? "")?.[0] ?? "";
  const camel = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
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
  return known[camel] ?? 2;
}

/** The last part of a call's name, in camel case. */
export function calledName(call: Container): string {
  const name = /[\w$]*$/.exec(call.callee ?? "")?.[0] ?? "";
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
