/** Edits that put code in another place. */
import type { Edit } from "../../../../shared/src/model/edit";
import type { Range } from "../../../../shared/src/ir/span";
import type { Change } from "./text-buffer";
import {
  blankLinesBefore,
  commentsAbove,
  cut,
  linesOf,
  nextLine,
  reindented,
  wholeLines,
} from "./lines";
import { apply, fail, here, type EditSession } from "./edit-session";
import {
  afterComment,
  indentAt,
  lineEnd,
  lineStart,
  slice,
  type Listed,
  type Source,
} from "./source";

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

/** See `Edit`. Nothing that it needs may be made, or changed, by what it is moved past. */
export function moveStatement(session: EditSession, edit: Of<"moveStatement">): void {
  const { source } = session;
  const at = here(session, edit.statement);
  const list = source.statements(at);
  const from = indexOf(list, at);
  const to = indexOf(list, here(session, edit.before));
  const moved = list[from] ?? fail("no statement is here");
  const before = list[to] ?? fail("no statement is there");
  const passed = list.slice(to, from);
  if (passed.length === 0) fail("it comes first already");
  if (moved.kind !== "other" && !isExactly(moved, at)) fail("the statement does more");
  if (before.kind === "declaration" && !holds(before.head, here(session, edit.before))) {
    fail("what it has to precede is run at another time");
  }
  const taken = needed(list, moved, passed);
  if (taken.includes(before)) fail("what it needs is made there");
  const previous = list[to - 1];
  const lines = [...taken, moved].map((each) => ownLines(source, list, each));
  const text = lines.map((range) => wholeLines(source.text, range)).join("");
  apply(session, [
    insertion(session, list, before, previous, moved, text),
    ...joined(source.text, lines).map((range) => cut(source.text, range)),
  ]);
}

/** Lines between which there are blank ones only count as one. */
function joined(text: string, lines: readonly Range[]): Range[] {
  const all: Range[] = [];
  for (const range of lines) {
    const last = all.at(-1);
    const together = last && text.slice(last[1], range[0]).trim() === "";
    if (together) all.splice(-1, 1, [last[0], range[1]]);
    else all.push(range);
  }
  return all;
}

/** Up to the end of the statement, its semicolon included. */
function isExactly({ range }: Listed, [start, end]: Range): boolean {
  return range[0] <= start && end <= range[1] && range[1] - end <= 1;
}

function holds(outer: Range | undefined, [start, end]: Range): boolean {
  return outer !== undefined && outer[0] <= start && end <= outer[1];
}

export function indexOf(list: readonly Listed[], at: Range): number {
  return list.findIndex(({ range }) => holds(range, at));
}

/** The constants among the statements that it is moved past that go with it. */
function needed(list: readonly Listed[], moved: Listed, passed: readonly Listed[]): Listed[] {
  const names = new Set(moved.names);
  const taken = new Set<Listed>();
  for (const each of [...passed].reverse()) {
    if (!overlaps(each.binds, names)) continue;
    const others = list.filter((other) => other !== each && overlaps(other.binds, each.binds));
    if (each.kind !== "constant" || others.length > 0) fail("what it needs is made in between");
    taken.add(each);
    for (const name of each.names) names.add(name);
  }
  const left = passed.filter((each) => !taken.has(each));
  if (mayChange(list, left, names, moved.on)) fail("what it needs may change in between");
  return passed.filter((each) => taken.has(each));
}

/** Whether statements may give what these names stand for another state. Imported functions have none that matters. */
export function mayChange(
  list: readonly Listed[],
  passed: readonly Listed[],
  names: ReadonlySet<string>,
  app: string | undefined,
): boolean {
  const imported = new Set(
    list.filter(({ kind }) => kind === "import").flatMap(({ binds }) => [...binds]),
  );
  const state = new Set([...names].filter((name) => name !== app && !imported.has(name)));
  const environment = ["process", "os", "environ"].some((name) => names.has(name));
  return passed.some((each) => {
    if (overlaps(each.binds, names)) return true;
    if ([...each.sets].some((name) => name !== app && names.has(name))) return true;
    if (each.kind !== "call" && each.kind !== "other") return false;
    if (app !== undefined && each.on === app) return false;
    return environment || overlaps(each.names, state);
  });
}

function overlaps(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((name) => b.has(name));
}

export function ownLines(source: Source, list: readonly Listed[], statement: Listed): Range {
  const previous = list[list.indexOf(statement) - 1];
  const floor = previous ? nextLine(source.text, previous.range[1]) : 0;
  return linesOf(source.text, statement.range, floor) ?? fail("the statement shares its line");
}

/** Behind the statement before, where that one is about the same object; else above the one that it has to precede. */
function insertion(
  { source }: EditSession,
  list: readonly Listed[],
  before: Listed,
  previous: Listed | undefined,
  { on }: Listed,
  text: string,
): Change {
  if (previous && on !== undefined && previous.kind !== "import" && previous.names.has(on)) {
    const [, end] = ownLines(source, list, previous);
    return { start: end, end, text };
  }
  const [start] = ownLines(source, list, before);
  const gap = start === 0 ? "" : blankLinesBefore(source.text, start);
  return { start, end: start, text: text + (before.kind === "declaration" ? gap : "") };
}

/** See `Edit`. The link's own comments go with it. */
export function moveLink(session: EditSession, edit: Of<"moveLink">): void {
  const { text } = session.source;
  const link = here(session, edit.link);
  const [, after] = here(session, edit.after);
  const start = afterLineComment(text, link[0]);
  const own = text.slice(start, link[1]);
  const breaks = own.includes("\n");
  if (!beginsWithDot(own)) fail("no link of a chain is here");
  const at = breaks ? afterLineComment(text, after) : after;
  if (at > start) fail("the link comes first already");
  // What follows the last link follows the one before now, not that one's comment.
  const closing = start > link[0] ? (/^[;,)\]}]+/.exec(text.slice(link[1]))?.[0] ?? "") : "";
  const end = breaks && closing === "" ? afterComment(text, link[1]) : link[1];
  apply(session, [
    { start: at, end: at, text: text.slice(start, end) },
    { start: link[0], end: link[0], text: closing },
    { start, end: end + closing.length, text: "" },
  ]);
}

/** Behind the comment that ends the line. */
function afterLineComment(text: string, offset: number): number {
  const end = afterComment(text, offset);
  return lineEnd(text, end) === end ? end : offset;
}

/** See `Edit`. A comment right above the first item may speak of all, and stays where the others have none. */
export function lastFirst(session: EditSession, edit: Of<"lastFirst">): void {
  const { source } = session;
  const items = edit.items.map((span) => itemAt(source, here(session, span)));
  if (items.length < 2) fail("there is nothing to put in another order");
  if (hangsOnOrder(source, items)) fail("what they need is made, or may change, in between");
  const [first, ...others] = items;
  const isThere = ([start, end]: Range): boolean => start < end;
  const ownLead = first && !isThere(first.behind) && others.every(({ behind }) => isThere(behind));
  const lead = ownLead || others.some(({ above }) => isThere(above));
  const trail = items.some(({ behind }) => isThere(behind));
  if (lead && !items.every((item) => item.leads)) fail("comments would be torn off");
  if (trail && !items.every(({ behind: [, end] }) => lineEnd(source.text, end) === end)) {
    fail("a comment would hide code, or speaks of several");
  }
  const places = [
    items.map(({ range }) => range),
    lead ? items.map(({ above }) => above) : [],
    trail ? items.map(({ behind }) => behind) : [],
  ];
  apply(
    session,
    places.flatMap((each) => rotated(source, each)),
  );
}

/** Items of several statements pass those in between, which may make what they need. */
function hangsOnOrder(source: Source, items: readonly Item[]): boolean {
  const ranges = items.map(({ range }) => range);
  const list = source.statements(ranges[0] ?? fail("nothing is here"));
  const places = ranges.map((range) => indexOf(list, range));
  const [from, to] = [Math.min(...places), Math.max(...places)];
  if (from === to) return false;
  if (from < 0) return true;
  const own = list.filter((_, index) => places.includes(index));
  const between = list.slice(from, to).filter((each) => !own.includes(each));
  const names = new Set(own.flatMap((each) => [...each.names]));
  return mayChange(list, between, names, own[0]?.on);
}

interface Item {
  readonly range: Range;
  /** It begins its line, but for the call that it is given to. */
  readonly leads: boolean;
  /** Comments on lines of their own right above it. */
  readonly above: Range;
  /** The comment that ends its last line. */
  readonly behind: Range;
}

function itemAt(source: Source, range: Range): Item {
  const { text } = source;
  const held = source.holder(range) ?? fail("no argument or element is here");
  if (!/^(call|list)$/.test(held.container.kind)) fail("no argument or element is here");
  const line = lineStart(text, range[0]);
  const leads = /^\s*([\w$.]*\(\s*)?(\[\s*)?$/.test(text.slice(line, range[0]));
  const from = leads ? commentsAbove(text, line, 0) : line;
  const code = /^[\])};,]*/.exec(text.slice(range[1]))?.[0].length ?? 0;
  const end = range[1] + code;
  return { range, leads, above: [from, line], behind: [end, afterLineComment(text, end)] };
}

/** Each place gets the text of the place before, the first that of the last. */
function rotated(source: Source, places: readonly Range[]): Change[] {
  return places.map((place, index) => {
    const from = places.at(index - 1) ?? place;
    return { start: place[0], end: place[1], text: moved(source, from, place) };
  });
}

/** Code that had another indentation is indented as its new place is; what strings hold over several lines is not. */
function moved(source: Source, from: Range, to: Range): string {
  const { text } = source;
  const code = slice(source, from);
  const [old, now] = [indentAt(text, from[0]), indentAt(text, to[0])];
  return /`/.test(code) ? code : reindented(code, old, now);
}

/** Whether a dot is the first thing behind blanks and comments. */
function beginsWithDot(code: string): boolean {
  for (let at = 0; at < code.length; at++) {
    const isLine = code.startsWith("//", at);
    if (isLine || code.startsWith("/*", at)) {
      const end = code.indexOf(isLine ? "\n" : "*/", at + 2);
      if (end < 0) return false;
      at = isLine ? end : end + 1;
    } else if (!/\s/.test(code.charAt(at))) return code[at] === ".";
  }
  return false;
}
