/** Edits of what libraries do about CORS. */
import type { Edit } from "../../../../shared/src/model/edit";
import type { SupportForm } from "../../../../shared/src/model/framework";
import type { Range, Span } from "../../../../shared/src/ir/span";
import { hasComment, replace } from "./containers";
import { indexOf, mayChange, ownLines } from "./edit-move";
import { insertStatements } from "./edit-statement";
import type { Option } from "./language";
import { print, type Doc, type Group } from "./layout";
import { cut } from "./lines";
import { setCallOptions } from "./options";
import { apply, callAt, exported, fail, here, type EditSession } from "./edit-session";
import {
  afterComment,
  indentAt,
  lineEnd,
  lineStart,
  slice,
  type Container,
  type Entry,
  type Source,
} from "./source";
import { originOptions, supportOptions, words } from "./support";

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

export function setSupportOrigins(session: EditSession, edit: Of<"setSupportOrigins">): void {
  setCallOptions(session, edit.call, 0, originOptions(session, edit.form, edit.origins));
}

export function addCorsSupport(
  session: EditSession,
  { support, policy }: Of<"addCorsSupport">,
): void {
  const { form, place } = support;
  const at = place.kind === "after" ? place.statement : place.call;
  const name = exported(session, words[form].exported, at);
  const { language } = session;
  const options = supportOptions(session, form, policy);
  const made = language.call(session.source, name, [], options);
  switch (place.kind) {
    case "after":
      return insertStatements(session, at, [statementOf(session, form, name, place.app, options)]);
    case "link":
      return addLink(session, at, made);
    case "option":
      return setCallOptions(session, at, 0, [["cors", made]]);
    case "around": {
      const application = applicationIn(callAt(session, at));
      const code = slice(session.source, application);
      const doc = language.call(session.source, name, [code], options);
      return apply(session, replace(session.source, application, doc));
    }
  }
}

function statementOf(
  { language, source }: EditSession,
  form: SupportForm,
  name: string,
  app: string,
  options: readonly Option[],
): Doc {
  const call = (callee: string, ...args: string[]): Doc =>
    language.call(source, callee, args, options);
  switch (words[form].statement) {
    case "assigned":
      return [`${app}.api.cors = `, call(name)];
    case "given the application":
      return call(name, app);
    case "registered":
      return call(`${app}.register`, name);
    case "used":
      return { open: `${app}.use(`, close: ")", items: [call(name)] };
  }
}

/** `new Hono().get(…)` -> `new Hono().use(cors(…)).get(…)` */
function addLink(session: EditSession, at: Span, made: Doc): void {
  const { text, style } = session.source;
  const [, end] = here(session, at);
  const behind = afterComment(text, end);
  const breaks = lineEnd(text, behind) === behind;
  const start = breaks ? behind : end;
  const indent = breaks
    ? (/^\s*\n([ \t]*)\./.exec(text.slice(start))?.[1] ?? fail("no chain is here"))
    : indentAt(text, start);
  const column = breaks ? indent.length : start - lineStart(text, start);
  const place = { text, style, indent, column, tail: 0 };
  const link = print({ open: ".use(", close: ")", items: [made] }, place);
  apply(session, [{ start, end: start, text: breaks ? `\n${indent}${link}` : link }]);
}

/** The application that an adapter's call is given. */
function applicationIn(call: Container): Range {
  const [first] = call.entries;
  const named = call.entries.find(({ key }) => key === "app");
  const entry = first && first.key === undefined && !first.spread ? first : named;
  return entry?.value ?? fail("the call is given no application");
}

/** `app.add_middleware(M, x)` and `Mangum(app)` -> `Mangum(M(app, x))` */
export function wrapApplication(session: EditSession, edit: Of<"wrapApplication">): void {
  const { source } = session;
  const added = callAt(session, edit.added);
  const application = applicationIn(callAt(session, edit.adapter));
  const app = slice(source, application);
  if (!source.isPath(application) || added.callee !== `${app}.add_middleware`) {
    fail("the middleware is added to something else");
  }
  const adapter = here(session, edit.adapter);
  const list = source.statements(adapter);
  const from = list[indexOf(list, added.range)];
  const to = list[indexOf(list, adapter)];
  if (!from || !to || slice(source, from.range) !== slice(source, added.range)) {
    return fail("the middleware is added elsewhere");
  }
  const passed = list.slice(list.indexOf(from) + 1, list.indexOf(to));
  if (list.indexOf(from) > list.indexOf(to) || mayChange(list, passed, from.names, app)) {
    fail("what it is given may change in between");
  }
  const { text } = source;
  const lines = ownLines(source, list, from);
  const start = lineStart(text, from.range[0]);
  const above = text.slice(lines[0], start);
  const behind = text.slice(from.range[1], afterComment(text, from.range[1])).trim();
  const said = behind === "" ? above : `${above}${text.slice(start, from.range[0])}${behind}\n`;
  const [target] = ownLines(source, list, to);
  apply(session, [
    cut(text, lines),
    { start: target, end: target, text: said },
    ...wrapped(session, added, application, to.range),
  ]);
}

function wrapped(
  { source }: EditSession,
  added: Container,
  application: Range,
  statement: Range,
): ReturnType<typeof replace> {
  const [middleware, ...options] = added.entries;
  const app = slice(source, application);
  if (!middleware?.value || options.some(({ key, spread }) => key === undefined && !spread)) {
    return fail("no middleware is added here");
  }
  const name = slice(source, middleware.value);
  if (!hasComment(source, added)) {
    const items = [app, ...options.map((entry) => docOf(source, entry))];
    const broken = slice(source, added.range).includes("\n");
    return replace(source, application, [name, { open: "(", close: ")", items, broken }]);
  }
  // Comments stay where they are among the options, and so does every line.
  if (slice(source, statement).includes("\n")) fail("comments would be torn off");
  const before = source.text.slice(added.open, middleware.range[0]);
  const rest = source.text.slice(middleware.range[1], added.close);
  const [start, end] = application;
  return [{ start, end, text: `${name}(${before}${app}${rest})` }];
}

/** An argument to be laid out anew; what has several lines and is no literal cannot be. */
function docOf(source: Source, { range, key, quoted, value }: Entry): Doc {
  const code = slice(source, range);
  if (!code.includes("\n")) return code;
  const literal = value && source.container(value);
  const brackets = { list: "[", tuple: "(", set: "{", object: "{", call: "", names: "" } as const;
  const open = literal && brackets[literal.kind];
  if (!literal || quoted || !open || hasComment(source, literal)) {
    return fail("an option has several lines");
  }
  const group: Group = {
    open,
    close: source.text.slice(literal.close, literal.close + 1),
    items: literal.entries.map((entry) => docOf(source, entry)),
    broken: true,
    tuple: literal.kind === "tuple",
  };
  return key === undefined ? group : [`${key}=`, group];
}
