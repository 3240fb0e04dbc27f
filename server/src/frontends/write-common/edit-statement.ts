/** Edits that add or remove whole statements, and edits of the calls that make routes. */
import type { Edit } from "../../../../shared/src/model/edit";
import type { Range, Span } from "../../../../shared/src/ir/span";
import { replace } from "./containers";
import type { Option } from "./language";
import { print, type Doc } from "./layout";
import { cut, nextLine } from "./lines";
import { calledName, dropOption, optionEntry, setCallOptions, setEntries } from "./options";
import { elementsAt, isQuoted, list, quote } from "./policy";
import {
  apply,
  callAt,
  containerAt,
  fail,
  here,
  originalText,
  reference,
  statementAt,
  type EditSession,
} from "./edit-session";
import {
  afterComment,
  indentAt,
  leadsLine,
  lineEnd,
  lineStart,
  slice,
  type Container,
} from "./source";

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

/** Writes statements on lines of their own after the one at `after`. */
export function insertStatements(session: EditSession, after: Span, docs: readonly Doc[]): void {
  const { source, language } = session;
  const statement = statementAt(session, after);
  if (statement.leaves) fail("nothing after this statement is reached");
  const indent = indentAt(source.text, statement.range[0]);
  const { text, style } = source;
  const lines = docs.map((doc) => {
    const place = { text, style, indent, column: indent.length, tail: style.semicolon.length };
    return print(doc, place) + style.semicolon;
  });
  const end = afterComment(text, statement.range[1]);
  if (lineEnd(text, end) === end && leadsLine(text, statement.range[0])) {
    const added = lines.map((line) => `\n${indent}${line}`).join("");
    return apply(session, [{ start: end, end, text: added }]);
  }
  if (!language.freeForm) fail("the statement shares its line");
  const at = statement.range[1];
  apply(session, [{ start: at, end: at, text: lines.map((line) => ` ${line}`).join("") }]);
}

export function removeStatement(session: EditSession, at: Span): void {
  const { source, language } = session;
  const { range, alone } = statementAt(session, at);
  const end = afterComment(source.text, range[1]);
  const wholeLine = leadsLine(source.text, range[0]) && lineEnd(source.text, end) === end;
  if (alone && !language.freeForm) {
    return apply(session, [{ start: range[0], end: range[1], text: "pass" }]);
  }
  if (!wholeLine) return apply(session, [{ start: range[0], end: range[1], text: "" }]);
  const lines: Range = [lineStart(source.text, range[0]), nextLine(source.text, end)];
  apply(session, [cut(source.text, lines)]);
}

export function setRouteMethods(session: EditSession, edit: Of<"setRouteMethods">): void {
  if (edit.methods.length === 0) fail("a route needs methods");
  const call = callAt(session, edit.call);
  if (calledName(call) === "addMethod") return setMethodCalls(session, edit, call);
  if (calledName(call) !== "addRoutes") fail("no call of addRoutes or addMethod is here");
  const options = session.language.options(session.source, call, 0) ?? fail("no options here");
  const old = elementsAt(session, optionEntry(session, options, "methods")?.value);
  const asText = old.length > 0 && old.every((element) => isQuoted(element));
  const prefix = asText ? "" : methodPrefix(session, old);
  const items = edit.methods.map((m) => (asText ? quote(session, m) : `${prefix}.${m}`));
  setCallOptions(session, edit.call, 0, [["methods", list(items)]]);
}

function methodPrefix(session: EditSession, elements: readonly string[]): string {
  const prefix = elements
    .map((element) => element.slice(0, element.lastIndexOf(".")))
    .find((p) => /(^|\.)HttpMethod$/.test(p));
  return prefix ?? reference(session, "apigatewayv2", "HttpMethod");
}

/** `addMethod` takes one method: the statement is written once for each. */
function setMethodCalls(session: EditSession, edit: Of<"setRouteMethods">, call: Container): void {
  const { source } = session;
  const method = call.entries[0]?.value ?? fail("the call has no method");
  if (!source.quoted(method)) fail("the method is not a string");
  const [first = "", ...others] = edit.methods.map((m) => quote(session, m));
  if (others.length > 0) {
    const { range } = statementAt(session, edit.call);
    const statement = slice(source, range).replace(/;$/, "");
    if (slice(source, call.range) !== statement) fail("the call's result is used");
    const from = method[0] - range[0];
    const to = method[1] - range[0];
    const copies = others.map((m) => statement.slice(0, from) + m + statement.slice(to));
    insertStatements(session, edit.call, copies);
  }
  const now = callAt(session, edit.call).entries[0]?.value ?? fail("the call is gone");
  apply(session, replace(session.source, now, first));
}

export function addOptionsRoute(session: EditSession, edit: Of<"addOptionsRoute">): void {
  const { language } = session;
  const httpMethod = reference(session, "apigatewayv2", "HttpMethod");
  const none = reference(session, "apigatewayv2", "HttpNoneAuthorizer");
  const options: Option[] = [
    ["path", quote(session, edit.path)],
    ["methods", list([`${httpMethod}.OPTIONS`])],
    ["authorizer", `${language.construct}${none}()`],
    ["integration", originalText(session, edit.integration)],
  ];
  const callee = `${edit.api}.${language.option("addRoutes")}`;
  const doc = language.call(session.source, callee, [], options);
  insertStatements(session, edit.statement, [doc]);
}

/** Everyone may call the method: no authorizer, no key. */
export function setMethodOpen(session: EditSession, edit: Of<"setMethodOpen">): void {
  const { language } = session;
  if (calledName(callAt(session, edit.call)) === "addRoutes") {
    const none = reference(session, "apigatewayv2", "HttpNoneAuthorizer");
    const authorizer: Option = ["authorizer", `${language.construct}${none}()`];
    return setCallOptions(session, edit.call, 0, [authorizer]);
  }
  const type = reference(session, "apigateway", "AuthorizationType");
  // CDK refuses an authorizer beside the type NONE.
  const call = callAt(session, edit.call);
  const container = language.options(session.source, call, 2);
  if (container) apply(session, dropOption(session, container, "authorizer"));
  setCallOptions(session, edit.call, 2, [
    ["authorizationType", `${type}.NONE`],
    ["apiKeyRequired", language.boolean(false)],
  ]);
}

export function addGatewayResponses(session: EditSession, edit: Of<"addGatewayResponses">): void {
  const { language } = session;
  const type = reference(session, "apigateway", "ResponseType");
  const { source } = session;
  const docs = edit.types.map((name) => {
    const headers = edit.headers.map((header) =>
      language.keyedText(source, undefined, header.name, quote(session, header.value)),
    );
    const options: Option[] = [
      ["type", `${type}.${language.member(name)}`],
      ["responseHeaders", language.mapping(source, headers)],
    ];
    const id = quote(
      session,
      freeId(source.text, name === "DEFAULT_4XX" ? "Default4xx" : "Default5xx"),
    );
    return language.call(
      source,
      `${edit.api}.${language.option("addGatewayResponse")}`,
      [id],
      options,
    );
  });
  insertStatements(session, edit.statement, docs);
}

/** A construct id that the file does not have in quotes. */
function freeId(text: string, id: string): string {
  const taken = (name: string): boolean => text.includes(`"${name}"`) || text.includes(`'${name}'`);
  if (!taken(id)) return id;
  if (!taken(`${id}Cors`)) return `${id}Cors`;
  let number = 2;
  while (taken(`${id}Cors${number}`)) number++;
  return `${id}Cors${number}`;
}

export function setBehavior(session: EditSession, edit: Of<"setBehavior">): void {
  const types = {
    allowedMethods: "AllowedMethods",
    originRequestPolicy: "OriginRequestPolicy",
    cachePolicy: "CachePolicy",
  } as const;
  const type = reference(session, "cloudfront", types[edit.option]);
  const block = containerAt(session, edit.block);
  const option: Option = [edit.option, `${type}.${session.language.member(edit.member)}`];
  if (block.kind === "call") return setCallOptions(session, edit.block, 2, [option]);
  setEntries(session, () => containerAt(session, edit.block), [option]);
}

/** Replaces a place's text by the text of another. */
export function copy(session: EditSession, edit: Of<"copy">): void {
  const text = originalText(session, edit.with);
  const [start, end] = here(session, edit.at);
  apply(session, [{ start, end, text }]);
}
